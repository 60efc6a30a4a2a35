using DataCentric.Pipeline.Documents.Pages;

namespace DataCentric.Pipeline.Documents.Live;

/// <summary>How far a stage is, in words.</summary>
internal static class StatusWords
{
    /// <summary>Percent, parts, failures and images, as far as they are known.</summary>
    /// <param name="status">Where the run stands.</param>
    /// <param name="imagesPerSecond">Images finished for each second of the stage; null where that is not known.</param>
    /// <param name="left">Expected time to the end of the stage; null where that is not known.</param>
    public static string Of(RunStatus status, double? imagesPerSecond, TimeSpan? left = null) => string.Join(", ", Figures(status, imagesPerSecond, left));

    /// <summary>A rate, with a digit after the point where it is small.</summary>
    /// <param name="imagesPerSecond">Images a second, more than 0.</param>
    public static string Rate(double imagesPerSecond) => imagesPerSecond switch
    {
        < 0.05 => "fewer than 0.1 images a second",
        < 10 => $"{Numbers.Decimal(imagesPerSecond)} images a second",
        _ => $"{Numbers.Count((int)Math.Round(Math.Min(int.MaxValue, imagesPerSecond)))} images a second",
    };

    private static IEnumerable<string> Figures(RunStatus status, double? imagesPerSecond, TimeSpan? left)
    {
        yield return $"{status.Percent} % of this stage";
        if (status.Total > 1)
            yield return $"{Numbers.Count(status.Done)} of {Numbers.Count(status.Total)} {WorkflowPhases.PartsOf(status.Phase)}";
        if (status.Failed > 0)
            yield return $"{Numbers.Count(status.Failed)} failed";
        if (status.ImagesTotal > 0)
            yield return $"{Numbers.Count(status.ImagesDone)} of {Numbers.Count(status.ImagesTotal)} images";
        if (imagesPerSecond is > 0 and var rate)
            yield return Rate(rate);
        if (left is { } time)
            yield return $"about {Numbers.Duration(Math.Ceiling(time.TotalSeconds), 0)} left";
    }
}
