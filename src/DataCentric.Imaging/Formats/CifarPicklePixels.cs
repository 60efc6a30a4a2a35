using DataCentric.Pickles;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// Where the pixels of a pickled batch lie: one behind the other, or, where the pickle has them as text, each image from a place of its
/// own on, as letters take one byte or several.
/// </summary>
internal sealed class CifarPicklePixels
{
    private static readonly int Width = CifarLayout.Shape.ByteLength;

    private readonly PickleBytes _bytes;
    private readonly long[]? _starts;

    private CifarPicklePixels(PickleBytes bytes, int count, long[]? starts) => (_bytes, Count, _starts) = (bytes, count, starts);

    /// <summary>Number of images.</summary>
    public int Count { get; }

    /// <summary>Finds the images of an array; text is read once for that.</summary>
    /// <param name="data">The array.</param>
    /// <param name="stream">The pickle.</param>
    /// <param name="path">Its file, for messages.</param>
    /// <exception cref="InputException">It is no array of bytes (N, 3072) in C order, or holds more or fewer than it says.</exception>
    public static CifarPicklePixels Of(NumpyVocabulary.PickleArray data, Stream stream, string path)
    {
        if (data is not { FortranOrder: false, Shape: [long rows and >= 0 and <= int.MaxValue, long columns], Type: { Name: "u1" }, Bytes: PickleBytes bytes }
            || columns != Width || !Fits(bytes, rows))
        {
            var type = data.Type?.Name ?? "nothing";
            throw new InputException(
                $"{path}: \"data\" is not an array of bytes of shape (N, {Width}) in C order, but {type} of shape ({string.Join(", ", data.Shape)}){(data.FortranOrder ? " in Fortran order" : "")}.");
        }

        return new(bytes, (int)rows, bytes.Encoding == PickleEncoding.Plain ? null : Starts(new(stream, bytes, path), (int)rows, path));
    }

    /// <summary>Byte at which an image begins.</summary>
    public long StartOf(int index) => _starts is null ? _bytes.Offset + ((long)index * Width) : _starts[index];

    /// <summary>Whether they lie byte by byte.</summary>
    public bool ArePlain => _starts is null;

    /// <summary>Reads the planes of an image whose pixels are text.</summary>
    public void ReadText(Stream stream, int index, Span<byte> planes, string path)
    {
        var start = StartOf(index);
        new PickleText(stream, _bytes with { Offset = start, Length = _bytes.Offset + _bytes.Length - start }, path).Fill(planes);
    }

    /// <summary>A letter takes at least one byte, so what is too short is known before anything is read.</summary>
    private static bool Fits(PickleBytes bytes, long rows) =>
        bytes.Encoding == PickleEncoding.Plain ? bytes.Length % Width == 0 && bytes.Length / Width == rows : bytes.Length / Width >= rows;

    private static long[] Starts(PickleText text, int count, string path)
    {
        var (starts, planes) = (new long[count], new byte[Width]);
        for (var i = 0; i < count; i++)
        {
            starts[i] = text.At;
            text.Fill(planes);
        }

        return text.Next() < 0 ? starts : throw new InputException($"{path}: \"data\" holds more than the {count} images of its shape.");
    }
}
