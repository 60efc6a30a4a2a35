namespace DataCentric.Pipeline.DataSets;

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

    /// <summary>Hash that whoever named the run found; null where nobody looked yet. What is read has to fit it.</summary>
    public string? Sha256 { get; init; }

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

/// <summary>
/// Data sets as users name them: a file, folder or archive of this machine, or a blob or the blobs below a prefix, by address or connection
/// string (<see cref="DataStores"/>), which are fetched to a temporary folder.
/// </summary>
public sealed class NamedDatasetLocator : IDatasetLocator
{
    /// <inheritdoc/>
    public async Task<LocatedDataset> LocateAsync(string dataset, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (!DataStores.IsRemote(dataset))
            return await new LocalDatasetLocator().LocateAsync(dataset, cancellationToken);
        var (store, name) = DataStores.OpenItem(dataset);
        return await new StoredDatasets(store, Path.GetTempPath()).LocateAsync(name, cancellationToken);
    }

    /// <summary>A name for messages: as the user gave it or as <see cref="PublicName"/> has it, without what could be a secret.</summary>
    /// <param name="dataset">Either.</param>
    /// <exception cref="InputException">It is a connection string that names no data set.</exception>
    public static string ShownName(string dataset)
    {
        if (!DataStores.IsRemote(dataset))
            return dataset;
        return Uri.TryCreate(dataset, UriKind.Absolute, out var address)
            ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            : PublicName(dataset);
    }

    /// <summary>A name that may be kept and shown: a full path, or where the blobs are, without what could be a secret.</summary>
    /// <param name="dataset">As the user gave it.</param>
    /// <exception cref="InputException">It is an address or connection string that names no data set.</exception>
    public static string PublicName(string dataset)
    {
        if (!DataStores.IsRemote(dataset))
            return Path.GetFullPath(dataset);
        var (store, name) = DataStores.OpenItem(dataset);
        return $"{store.Location.TrimEnd('/')}/{name}";
    }
}
