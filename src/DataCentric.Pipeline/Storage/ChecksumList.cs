namespace DataCentric.Pipeline.Storage;

/// <summary>
/// Hashes of files that are too many for the run record, which holds the hash of this list instead; as <c>sha256sum</c> writes them, so
/// that <c>sha256sum -c</c> checks them.
/// </summary>
internal sealed class ChecksumList
{
    public const string FileName = "checksums.sha256";

    private readonly StringBuilder _lines = new();

    public void Add(string name, string sha256) => _lines.Append(CultureInfo.InvariantCulture, $"{sha256}  {name}\n");

    public override string ToString() => _lines.ToString();

    /// <summary>Files of a stored list, by their names in the store.</summary>
    /// <param name="store">Holds the list and its files.</param>
    /// <param name="list">Name of the list.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async IAsyncEnumerable<(string Name, string Sha256)> ReadAsync(
        IDataStore store, string list, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenReadAsync(list, 0, cancellationToken);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Split("  ", 2) is [var sha256, var name])
                yield return (list[..^FileName.Length] + name, sha256);
        }
    }
}
