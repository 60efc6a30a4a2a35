namespace DataCentric.Imaging.Formats.Columns;

/// <summary>
/// A file of which a part may be read: reading anything else throws, so that a damaged file cannot lead a reader round in circles. Nothing is
/// read by other threads.
/// </summary>
/// <param name="file">The file; closed with this.</param>
internal sealed class WindowStream(Stream file) : Stream
{
    /// <summary>First byte that may be read.</summary>
    public long First { get; set; }

    /// <summary>Byte behind the last one that may be read.</summary>
    public long End { get; set; } = file.Length;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position { get => file.Position; set => file.Position = value; }

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0)
            return 0;
        var position = file.Position;
        if (position < First || position >= End)
            throw new EndOfStreamException($"byte {position} is not of the column that is read");
        return file.Read(buffer[..(int)Math.Min(buffer.Length, End - position)]);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }
}
