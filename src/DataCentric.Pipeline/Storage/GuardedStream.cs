namespace DataCentric.Pipeline.Storage;

/// <summary>
/// The stream that users of a store see: forward only, with the storage's failures turned into <see cref="StoreException"/>. It remembers a
/// failed write, so that a writer that swallows the error cannot bring a torn item into the store.
/// </summary>
/// <param name="inner">Readable or writable stream.</param>
/// <param name="explain">Turns a failure of the storage into the exception to throw, or returns null to let it pass unchanged.</param>
/// <param name="ownsInner">Whether closing this stream closes <paramref name="inner"/>.</param>
internal sealed class GuardedStream(Stream inner, Func<Exception, StoreException?> explain, bool ownsInner) : Stream
{
    private long _position;
    private bool _closed;
    private Exception? _fault;

    public override bool CanRead => !_closed && inner.CanRead && !inner.CanWrite;

    public override bool CanWrite => !_closed && inner.CanWrite;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    /// <summary>Bytes read or written so far.</summary>
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <summary>Throws the first failure of this stream again, if there was one.</summary>
    public void ThrowIfFaulted()
    {
        if (_fault is not null)
            throw _fault;
    }

    public override int Read(Span<byte> buffer)
    {
        CheckOpen();
        try
        {
            var count = inner.Read(buffer);
            _position += count;
            return count;
        }
        catch (Exception e) when (Explained(e))
        {
            throw _fault!;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        CheckOpen();
        try
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            _position += count;
            return count;
        }
        catch (Exception e) when (Explained(e, cancellationToken))
        {
            throw _fault!;
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        CheckOpen();
        try
        {
            inner.Write(buffer);
            _position += buffer.Length;
        }
        catch (Exception e) when (Explained(e))
        {
            throw _fault!;
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        CheckOpen();
        try
        {
            await inner.WriteAsync(buffer, cancellationToken);
            _position += buffer.Length;
        }
        catch (Exception e) when (Explained(e, cancellationToken))
        {
            throw _fault!;
        }
    }

    /// <summary>Does nothing: the store flushes once, at the end.</summary>
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closed && ownsInner)
            inner.Dispose();
        _closed = true;
        base.Dispose(disposing);
    }

    private void CheckOpen()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        ThrowIfFaulted();
    }

    // Cancellation in the middle of a write leaves it torn just as an error does: every exception is remembered, some are explained.
    private bool Explained(Exception exception, CancellationToken cancellationToken = default)
    {
        var wished = exception is OperationCanceledException && cancellationToken.IsCancellationRequested;
        var explained = wished ? null : explain(exception);
        _fault = (Exception?)explained ?? exception;
        return explained is not null;
    }
}
