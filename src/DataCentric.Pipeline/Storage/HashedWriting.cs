namespace DataCentric.Pipeline.Storage;

/// <summary>Writing items whose hash is recorded.</summary>
internal static class HashedWriting
{
    /// <summary>Writes an item whole or not at all, and says what it became.</summary>
    public static async Task<StoredFile> WriteHashedAsync(
        this IDataStore store, string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        StoredFile? file = null;
        await store.WriteAsync(name, WriteAsync, cancellationToken);
        return file!;

        async Task WriteAsync(Stream stream, CancellationToken token)
        {
            await using var hashing = new HashingStream(stream);
            await write(hashing, token);
            file = new StoredFile(name, hashing.Length, hashing.Sha256());
        }
    }

    /// <summary>The same for bytes that are in memory.</summary>
    public static Task<StoredFile> WriteHashedAsync(this IDataStore store, string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        store.WriteHashedAsync(name, (stream, token) => stream.WriteAsync(bytes, token).AsTask(), cancellationToken);
}

/// <summary>Passes writes on and hashes them (SHA-256). Does not own the inner stream.</summary>
/// <param name="inner">Where the bytes go.</param>
internal sealed class HashingStream(Stream inner) : ForwardStream(inner)
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Hash of all that was written, lower-case hex; starts anew.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    protected override void Count(ReadOnlySpan<byte> written)
    {
        base.Count(written);
        _hash.AppendData(written);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }
}
