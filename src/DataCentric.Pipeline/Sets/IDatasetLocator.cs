namespace DataCentric.Pipeline.Sets;

/// <summary>Brings a data set to where it can be read as files.</summary>
public interface IDatasetLocator
{
    /// <summary>Finds a data set, fetching it to a temporary folder where needed.</summary>
    /// <param name="dataset">Its name in the request.</param>
    /// <param name="cancellationToken">Stops fetching.</param>
    /// <returns>A path on this machine, valid until it is disposed.</returns>
    /// <exception cref="InputException">There is no such data set.</exception>
    Task<LocatedDataset> LocateAsync(string dataset, CancellationToken cancellationToken);
}

/// <summary>A data set on this machine.</summary>
/// <param name="path">File or folder.</param>
/// <param name="cleanUp">Removes what was fetched; null when nothing was.</param>
public sealed class LocatedDataset(string path, Action? cleanUp = null) : IDisposable
{
    /// <summary>File or folder.</summary>
    public string Path { get; } = path;

    /// <inheritdoc/>
    public void Dispose() => cleanUp?.Invoke();
}

/// <summary>Data sets that are files of this machine already.</summary>
public sealed class LocalDatasetLocator : IDatasetLocator
{
    /// <inheritdoc/>
    public Task<LocatedDataset> LocateAsync(string dataset, CancellationToken cancellationToken) =>
        File.Exists(dataset) || Directory.Exists(dataset)
            ? Task.FromResult(new LocatedDataset(dataset))
            : throw new InputException($"Data set '{dataset}': there is no such file or folder.");
}
