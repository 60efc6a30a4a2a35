using DataCentric.Pipeline.Results;

namespace DataCentric.Cli.Composition;

/// <summary>The folder of an enhanced set, with what belongs to its run in a hidden folder below.</summary>
/// <param name="path">The folder; made when needed.</param>
internal sealed class OutputFolder(string path)
{
    private const string JobName = "job.json";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Hidden => System.IO.Path.Combine(Path, OutputClaim.Folder);

    private FolderStore Store => new(Hidden);

    /// <summary>The run that the folder holds; null where it holds none, or where the note of it is broken and is to be written again.</summary>
    public Task<EnhancementJob?> TryReadJobAsync(CancellationToken cancellationToken) =>
        Store.TryReadJsonAsync<EnhancementJob>(JobName, PipelineJson.Indented, cancellationToken);

    public Task WriteJobAsync(EnhancementJob job, CancellationToken cancellationToken) =>
        Store.WriteJsonAsync(JobName, job, PipelineJson.Indented, cancellationToken);

    /// <summary>Takes the folder for a run until disposed.</summary>
    /// <param name="request">The run.</param>
    /// <param name="overwrite">Whether what lies there is given up.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InputException">Another process works here, the folder holds something else, or cannot be written.</exception>
    public async Task<IAsyncDisposable> TakeAsync(EnhancementRequest request, bool overwrite, CancellationToken cancellationToken)
    {
        var (store, runId) = (new FolderStore(Path), request.RunId);
        var claim = ResultClaim.Of(store, runId, async token => (await TryReadJobAsync(token))?.Request.RunId == runId) with { Overwrite = overwrite };
        var held = await claim.TakeAsync(store, waiting: null, cancellationToken);
        try
        {
            foreach (var format in (request.Formats ?? []).Where(format => format != SetFormats.Npy))
                await ResultClaim.OfFormat(store, format, runId).CheckAsync(store, cancellationToken);
            return held;
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }
}
