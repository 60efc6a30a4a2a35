namespace DataCentric.Cli.Composition;

/// <summary>The folder of an enhanced set, with what belongs to its run in a hidden folder below.</summary>
/// <param name="path">The folder; made when needed.</param>
internal sealed class OutputFolder(string path)
{
    private const string JobName = "job.json";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Hidden => System.IO.Path.Combine(Path, ".datacentric");

    private FolderStore Store => new(Hidden);

    /// <summary>The run that the folder holds; null where it holds none, or where the note of it is broken and is to be written again.</summary>
    public Task<EnhancementJob?> TryReadJobAsync(CancellationToken cancellationToken) =>
        Store.TryReadJsonAsync<EnhancementJob>(JobName, PipelineJson.Indented, cancellationToken);

    public Task WriteJobAsync(EnhancementJob job, CancellationToken cancellationToken) =>
        Store.WriteJsonAsync(JobName, job, PipelineJson.Indented, cancellationToken);

    /// <summary>Keeps a second process off this folder until disposed.</summary>
    /// <exception cref="InputException">Another process works here, or the folder cannot be written.</exception>
    public async Task<IAsyncDisposable> LockAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Store.TryLeaseAsync("lock", cancellationToken)
                ?? throw new InputException($"{Path}: another process works on this run. Wait for it, or choose another --out.");
        }
        catch (StoreException exception)
        {
            throw new InputException($"--out {Path}: the folder cannot be written: {exception.InnerException?.Message ?? exception.Message}", exception);
        }
    }
}
