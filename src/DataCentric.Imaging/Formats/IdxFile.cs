using System.Buffers.Binary;
using System.IO.Compression;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// One file of the IDX format, plain or gzip (LeCun's description of MNIST): 0, 0, type (8 is unsigned byte), number of axes, the
/// lengths of the axes as big-endian 32-bit numbers, then the bytes. Read from front to back.
/// </summary>
internal sealed class IdxFile : IDisposable
{
    /// <summary>Start of a file of images: bytes, three axes.</summary>
    public const int ImagesMagic = 0x0803;

    /// <summary>Start of a file of labels: bytes, one axis.</summary>
    public const int LabelsMagic = 0x0801;

    private readonly Stream _stream;
    private long _at;

    private IdxFile(string path, Stream stream, int[] lengths)
    {
        (Path, _stream, Lengths) = (path, stream, lengths);
        HeaderLength = 4 + (4 * lengths.Length);
        _at = HeaderLength;
    }

    public string Path { get; }

    /// <summary>Length of each axis; the first is the number of items, at least 1.</summary>
    public int[] Lengths { get; }

    public int HeaderLength { get; }

    /// <summary>The first four bytes as a number, after decompression; null where the file is shorter or no gzip after all.</summary>
    public static int? Magic(string path)
    {
        using var stream = Decompressed(path);
        try
        {
            var start = ExactReading.Start(stream, 4);
            return start.Length == 4 ? BinaryPrimitives.ReadInt32BigEndian(start) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="InputException">Magic or length is not as expected, or there are no items.</exception>
    public static IdxFile Open(string path, int magic)
    {
        var stream = Decompressed(path);
        try
        {
            var header = new byte[4 + (4 * (magic & 0xFF))];
            ExactReading.Fill(stream, header, () => $"{path}, IDX header (byte 0)");
            var found = BinaryPrimitives.ReadInt32BigEndian(header);
            if (found != magic)
            {
                throw new InputException(
                    $"{path}: begins with 0x{found:X8}; expected 0x{magic:X8}, unsigned bytes with {magic & 0xFF} axes.");
            }

            var lengths = new int[magic & 0xFF];
            for (var axis = 0; axis < lengths.Length; axis++)
                lengths[axis] = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4 + (4 * axis)));
            if (lengths.Any(length => length < 1))
            {
                throw new InputException(
                    $"{path}: the header says {string.Join(" x ", lengths)} items; expected at least 1 each.");
            }

            CheckLength(path, stream, header.Length + lengths.Aggregate((Int128)1, (product, length) => product * length));
            return new(path, stream, lengths);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next bytes; after the last ones, checks that nothing follows.</summary>
    public void Read(Span<byte> bytes, Func<string> place)
    {
        ExactReading.Fill(_stream, bytes, place);
        _at += bytes.Length;
        var end = HeaderLength + Lengths.Aggregate(1L, (product, length) => product * length);
        if (_at == end && _stream is GZipStream && HasMore(place))
            throw new InputException($"{Path}: bytes follow the {Lengths[0]} items that the header announces.");
    }

    /// <summary>Leaves bytes out.</summary>
    public void Skip(long count, Func<string> place)
    {
        if (_stream.CanSeek)
        {
            _stream.Seek(count, SeekOrigin.Current);
            _at += count;
            return;
        }

        var buffer = new byte[1 << 16];
        for (; count > 0; count -= Math.Min(count, buffer.Length))
            Read(buffer.AsSpan(0, (int)Math.Min(count, buffer.Length)), place);
    }

    public void Dispose() => _stream.Dispose();

    private static Stream Decompressed(string path)
    {
        var isGzip = ExactReading.Start(path, 2) is [0x1F, 0x8B];
        var file = ExactReading.Open(path);
        return isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static void CheckLength(string path, Stream stream, Int128 expected)
    {
        if (stream.CanSeek && stream.Length != expected)
        {
            throw new InputException(
                $"{path}: has {stream.Length} bytes, but its header announces {expected}; it is truncated or damaged.");
        }
    }

    private bool HasMore(Func<string> place)
    {
        try
        {
            return _stream.ReadByte() >= 0;
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"{place()}: the compressed data are broken at the end.", e);
        }
    }
}
