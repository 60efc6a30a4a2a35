using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Sets;

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
