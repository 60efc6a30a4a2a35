namespace DataCentric.Pipeline.Storage;

/// <summary>A stored file.</summary>
/// <param name="Name">Name in its store.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Hash, lower-case hex.</param>
public sealed record StoredFile(string Name, long Length, string Sha256);

/// <summary>Compares stored files with what is recorded of them.</summary>
public static class StoredFileCheck
{
    /// <summary>Hash of a stored item, lower-case hex; null where there is none.</summary>
    /// <param name="store">Where it lies.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<string?> HashAsync(this IDataStore store, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (await store.FindAsync(name, cancellationToken) is null)
            return null;
        await using var stream = await store.OpenReadAsync(name, 0, cancellationToken);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    /// <summary>Whether all files are there with their recorded bytes, and those of the checksum lists among them.</summary>
    /// <param name="store">Where they lie.</param>
    /// <param name="files">What is recorded of them.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<bool> AreWholeAsync(this IDataStore store, IReadOnlyList<StoredFile> files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (var file in files)
        {
            if (await store.HashAsync(file.Name, cancellationToken) != file.Sha256)
                return false;
        }

        foreach (var list in files.Where(file => file.Name.EndsWith(ChecksumList.FileName, StringComparison.Ordinal)))
        {
            await foreach (var (name, sha256) in ChecksumList.ReadAsync(store, list.Name, cancellationToken))
            {
                if (await store.HashAsync(name, cancellationToken) != sha256)
                    return false;
            }
        }

        return true;
    }
}
