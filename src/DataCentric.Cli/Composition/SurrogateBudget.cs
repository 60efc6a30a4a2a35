namespace DataCentric.Cli.Composition;

/// <summary>How long the ensemble may be trained: a time in place of a number of epochs.</summary>
/// <param name="Minutes">The time, by the clock.</param>
/// <param name="Workers">Networks that are trained at once.</param>
/// <param name="Adversary">Trains.</param>
internal sealed record SurrogateBudget(double Minutes, int Workers, IAdversary Adversary)
{
    private const int MostEpochs = 200; // those of the competition's preset; longer is no better

    /// <summary>The epochs that fit into the time on this machine now, from timing single steps: 1 to 200.</summary>
    /// <param name="job">The job, with its data set.</param>
    /// <param name="cancellationToken">Stops the measuring.</param>
    public int Epochs(EnhancementJob job, CancellationToken cancellationToken)
    {
        using var reader = job.Dataset!.OpenReader();
        var (request, info) = (job.Request, reader.Info);
        var count = request.Surrogates.ImagesOf(Math.Min(request.Limit ?? info.Count, info.Count), info.Shape, info.HasSoftLabels ? info.Classes.Count : 0);
        var together = Math.Min(Math.Min(Workers, Environment.ProcessorCount), request.EnsembleSize);
        var epochs = RunProbe.Of(job, Adversary, reader, cancellationToken).EpochsWithin(Minutes * 60 * together, count);
        return (int)Math.Clamp(epochs, 1, MostEpochs);
    }
}
