namespace DataCentric.Pipeline.DataSets;

/// <summary>Data sets in a store: an item, or all items of a folder.</summary>
/// <param name="store">Holds the data sets.</param>
/// <param name="scratch">A folder of this machine with room for one data set for each ingest under way.</param>
public sealed class StoredDatasets(IDataStore store, string scratch) : IDatasetLocator
{
    /// <summary>Name of the container that data sets are uploaded to.</summary>
    public const string Container = "datasets";

    /// <summary>The store.</summary>
    public IDataStore Store { get; } = store;

    /// <summary>
    /// A short text that changes when the data set is uploaded again: hash over name, length and version of its items. Nothing of the
    /// content is read, so that it takes no longer for a large set.
    /// </summary>
    /// <param name="dataset">Name of the data set.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <returns>Lower-case hex.</returns>
    /// <exception cref="InputException">There is no such data set.</exception>
    public async Task<string> FingerprintAsync(string dataset, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        foreach (var item in await ItemsAsync(dataset, cancellationToken))
            text.Append(item.Name).Append('|').Append(item.Length).Append('|').Append(item.Version).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Whether the data set is a folder of items; false also where there is none.</summary>
    /// <param name="dataset">Name of the data set.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public async Task<bool> IsFolderAsync(string dataset, CancellationToken cancellationToken)
    {
        await foreach (var _ in Store.ListAsync(Folder(dataset), cancellationToken))
            return true;
        return false;
    }

    /// <inheritdoc/>
    public async Task<LocatedDataset> LocateAsync(string dataset, CancellationToken cancellationToken)
    {
        var items = await ItemsAsync(dataset, cancellationToken);
        var folder = ScratchFolder.Create(scratch);
        try
        {
            foreach (var item in items)
                await FetchAsync(item.Name, Path.Combine(folder.Path, item.Name), cancellationToken);
            return new LocatedDataset(Path.Combine(folder.Path, dataset), folder.Dispose);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private static string Folder(string dataset) => ItemName.Check(dataset) + "/";

    private async Task<IReadOnlyList<StoredItem>> ItemsAsync(string dataset, CancellationToken cancellationToken)
    {
        if (await Store.FindAsync(ItemName.Check(dataset), cancellationToken) is { } single)
            return [single];
        var items = await Store.ListAsync(Folder(dataset), cancellationToken).ToListAsync(cancellationToken);
        return items.Count > 0 ? items : throw new InputException($"Data set '{dataset}': {Store.Location} holds no such file or folder.");
    }

    private async Task FetchAsync(string name, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var source = await Store.OpenReadAsync(name, 0, cancellationToken);
        await using var target = File.Create(path);
        await source.CopyToAsync(target, cancellationToken);
    }
}
