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
internal sealed class HashingStream(Stream inner) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    /// <summary>Hash of all that was written, lower-case hex; starts anew.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        inner.Write(buffer);
        Count(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await inner.WriteAsync(buffer, cancellationToken);
        Count(buffer.Span);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }

    private void Count(ReadOnlySpan<byte> written)
    {
        _hash.AppendData(written);
        _length += written.Length;
    }
}
