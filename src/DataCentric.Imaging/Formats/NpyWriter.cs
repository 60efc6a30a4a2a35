using DataCentric.Npy;

namespace DataCentric.Imaging.Formats;

/// <summary>Writes one npy file from front to back: the header at once, then the array's bytes as they come.</summary>
public sealed class NpyWriter
{
    private readonly Stream _stream;
    private long _written;

    /// <summary>Writes the header.</summary>
    /// <param name="stream">Receives the file; stays open, need not be seekable.</param>
    /// <param name="type">Type of the values; the caller gives them in that byte order.</param>
    /// <param name="shape">Length of each axis.</param>
    public NpyWriter(Stream stream, NpyDType type, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        Header = NpyHeader.For(type, shape);
        stream.Write(Header.ToBytes());
    }

    /// <summary>What was written first.</summary>
    public NpyHeader Header { get; }

    /// <summary>Writes the next bytes of the array.</summary>
    /// <param name="bytes">Any number of bytes.</param>
    /// <exception cref="InvalidOperationException">They are more than the shape takes; nothing of them is written.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_written + bytes.Length > Header.DataLength)
        {
            throw new InvalidOperationException(
                $"{_written} bytes and {bytes.Length} more exceed the array's {Header.DataLength}.");
        }

        _stream.Write(bytes);
        _written += bytes.Length;
    }

    /// <summary>Checks that the array is whole, and flushes.</summary>
    /// <exception cref="InvalidOperationException">Bytes are missing.</exception>
    public void Complete()
    {
        if (_written != Header.DataLength)
            throw new InvalidOperationException($"{_written} of the array's {Header.DataLength} bytes were written.");
        _stream.Flush();
    }
}
