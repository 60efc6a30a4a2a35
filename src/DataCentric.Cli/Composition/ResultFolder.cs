using DataCentric.Pipeline.Results;

namespace DataCentric.Cli.Composition;

/// <summary>A folder of this machine for the result of a run elsewhere, held until disposed.</summary>
internal sealed class ResultFolder : IAsyncDisposable
{
    private readonly FolderStore _store;
    private readonly IAsyncDisposable _held;

    private ResultFolder(string path, FolderStore store, IAsyncDisposable held) => (Path, _store, _held) = (path, store, held);

    public string Path { get; }

    /// <summary>Takes the folder.</summary>
    /// <param name="path">The folder; made when needed.</param>
    /// <param name="runId">The run.</param>
    /// <param name="overwrite">Whether what lies there is given up.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InputException">Another process works here, the folder holds something else, or cannot be written.</exception>
    public static async Task<ResultFolder> TakeAsync(string path, string runId, bool overwrite, CancellationToken cancellationToken)
    {
        path = System.IO.Path.GetFullPath(path);
        var store = new FolderStore(path);
        var claim = ResultClaim.Of(store, runId, _ => Task.FromResult(false)) with { Overwrite = overwrite };
        return new ResultFolder(path, store, await claim.TakeAsync(store, waiting: null, cancellationToken));
    }

    /// <summary>Brings the result of a completed run into the folder.</summary>
    /// <param name="account">The storage account of the app that ran it.</param>
    /// <param name="request">The run.</param>
    /// <param name="cancellationToken">Stops the copying.</param>
    public Task FetchAsync(string account, EnhancementRequest request, CancellationToken cancellationToken) =>
        ResultCopy.CopyAsync(PipelineStores.Within(DataStores.Open(account, DataStores.DefaultContainer)).Result(request), _store, cancellationToken);

    public ValueTask DisposeAsync() => _held.DisposeAsync();
}
