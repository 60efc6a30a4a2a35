using System.IO.Hashing;

namespace DataCentric.Archives;

/// <summary>
/// Passes the bytes of an archive's entry on; when as many have come as were announced, their CRC-32 has to fit. Ends there, whatever follows.
/// </summary>
/// <param name="inner">The unpacked bytes; disposed with this.</param>
/// <param name="length">How many were announced.</param>
/// <param name="checksum">Their CRC-32.</param>
internal sealed class ChecksumStream(Stream inner, long length, uint checksum) : Stream
{
    private readonly Crc32 _crc = new();
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">The bytes end early, or their checksum differs.</exception>
    public override int Read(Span<byte> buffer)
    {
        buffer = buffer[..(int)Math.Min(buffer.Length, length - _read)];
        if (buffer.IsEmpty)
            return 0;
        var count = inner.Read(buffer);
        _read += count;
        _crc.Append(buffer[..count]);
        if (count == 0)
            throw new InvalidDataException($"ends after {_read} of {length} bytes");
        if (_read == length && _crc.GetCurrentHashAsUInt32() != checksum)
            throw new InvalidDataException("the checksum differs");
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
