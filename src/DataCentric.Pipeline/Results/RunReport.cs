namespace DataCentric.Pipeline.Results;

/// <summary>The small files of a finished run that people look at; the large ones are read from the store itself.</summary>
/// <param name="stores">Where results lie.</param>
public sealed class RunReport(PipelineStores stores)
{
    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.Ordinal)
    {
        [ResultFiles.Report] = "text/html; charset=utf-8",
        [ResultFiles.ContactSheet] = "image/png",
        [ResultFiles.ScorePicture] = "image/png",
        [ResultFiles.Score] = "application/json",
        [ResultFiles.Run] = "application/json",
        [ResultFiles.Croissant] = "application/ld+json",
        [ResultFiles.Card] = "text/markdown; charset=utf-8",
    };

    /// <summary>Names that can be asked for; the first is the default.</summary>
    public static IReadOnlyCollection<string> Files => ContentTypes.Keys;

    /// <summary>Opens a file of a finished run.</summary>
    /// <param name="request">The request of the run.</param>
    /// <param name="file">One of <see cref="Files"/>.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <returns>The file and its media type; null where the run is not finished or has no such file.</returns>
    public async Task<(Stream Content, string ContentType)?> OpenAsync(EnhancementRequest request, string file, CancellationToken cancellationToken)
    {
        var result = stores.Result(request);
        if (!ContentTypes.TryGetValue(file, out var type)
            || await result.FindAsync(ResultFiles.Run, cancellationToken) is null
            || await result.FindAsync(file, cancellationToken) is null)
        {
            return null;
        }

        return (await result.OpenReadAsync(file, 0, cancellationToken), type);
    }
}
