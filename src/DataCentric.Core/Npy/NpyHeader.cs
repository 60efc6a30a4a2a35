using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace DataCentric.Npy;

/// <summary>
/// The header of an npy file, versions 1.0 to 3.0: type, order and shape of the array, and where its bytes begin
/// (numpy.lib.format, NumPy 2.0). Rows are the entries of the first axis.
/// </summary>
public sealed class NpyHeader
{
    private const int LongestText = 1 << 16;
    private const int Alignment = 64;

    private NpyHeader(NpyDType type, bool fortranOrder, IReadOnlyList<int> shape, int dataOffset, string source)
    {
        (Type, FortranOrder, Shape, DataOffset) = (type, fortranOrder, shape, dataOffset);
        try
        {
            RowLength = shape.Skip(1).Aggregate((long)type.Size, (length, side) => checked(length * side));
            DataLength = checked(RowLength * (shape.Count == 0 ? 1 : shape[0]));
        }
        catch (OverflowException e)
        {
            throw new InputException($"{source}: the shape {Describe(shape)} is too large.", e);
        }
    }

    /// <summary>Type of the values.</summary>
    public NpyDType Type { get; }

    /// <summary>Whether the first axis varies fastest.</summary>
    public bool FortranOrder { get; }

    /// <summary>Length of each axis.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Byte of the file at which the array begins.</summary>
    public int DataOffset { get; }

    /// <summary>Bytes of one row.</summary>
    public long RowLength { get; }

    /// <summary>Bytes of the array.</summary>
    public long DataLength { get; }

    /// <summary>Bytes of the file.</summary>
    public long FileLength => DataOffset + DataLength;

    /// <summary>First bytes of every npy file.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The header of an array in C order that is to be written.</summary>
    /// <param name="type">Type of the values.</param>
    /// <param name="shape">Length of each axis, not negative.</param>
    public static NpyHeader For(NpyDType type, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        foreach (var side in shape)
            ArgumentOutOfRangeException.ThrowIfNegative(side, nameof(shape));
        return new(type, false, [.. shape], Encode(type, shape).Length, "npy header");
    }

    /// <summary>Reads a header; the stream then stands at the first byte of the array.</summary>
    /// <param name="stream">An npy file, at its start; need not be seekable.</param>
    /// <param name="source">File, for messages.</param>
    /// <param name="mayBeText">Whether values may be texts.</param>
    /// <exception cref="InputException">It is not an npy file, or its header is broken or names a type that is not read.</exception>
    public static NpyHeader Read(Stream stream, string source, bool mayBeText = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> start = stackalloc byte[8];
        ExactReading.Fill(stream, start, () => $"{source}, npy header (byte 0)");
        if (!start[..6].SequenceEqual(Magic))
        {
            throw new InputException(
                $"{source}: does not begin as an npy file (0x93 N U M P Y), but with {Convert.ToHexString(start[..6])}.");
        }

        var major = start[6];
        if (major is < 1 or > 3)
            throw new InputException($"{source}: npy version {major}.{start[7]} is unknown; expected 1.0, 2.0 or 3.0.");
        var lengthField = start[..(major == 1 ? 2 : 4)];
        ExactReading.Fill(stream, lengthField, () => $"{source}, npy header (byte 8)");
        var length = major == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(lengthField)
            : BinaryPrimitives.ReadUInt32LittleEndian(lengthField);
        if (length > LongestText)
        {
            throw new InputException(
                $"{source}: the npy header says it has {length} bytes; more than {LongestText} are not read.");
        }

        var text = new byte[length];
        var offset = start.Length + lengthField.Length;
        ExactReading.Fill(stream, text, () => $"{source}, npy header (byte {offset})");
        var (description, fortranOrder, shape) = new NpyHeaderText(Encoding.UTF8.GetString(text), source).Parse();
        return new(NpyDType.Parse(description, source, mayBeText), fortranOrder, shape, offset + (int)length, source);
    }

    /// <summary>Byte of the file at which a row begins.</summary>
    /// <param name="row">0 to Shape[0]; the last one is the end of the file.</param>
    public long OffsetOf(int row) => DataOffset + (row * RowLength);

    /// <summary>The header as it is written: version 1.0 (2.0 for endless shapes), padded to a multiple of 64 bytes.</summary>
    public byte[] ToBytes() => Encode(Type, Shape, FortranOrder);

    /// <summary>Checks that a file is as long as its header says.</summary>
    /// <param name="length">Bytes of the file.</param>
    /// <param name="source">File, for the message.</param>
    /// <exception cref="InputException">It is shorter or longer.</exception>
    public void CheckFileLength(long length, string source)
    {
        if (length == FileLength)
            return;
        var verdict = length < FileLength ? $"it is truncated at byte {length}" : $"{length - FileLength} bytes follow the array";
        throw new InputException(
            $"{source}: has {length} bytes, but {Type} of shape {Describe(Shape)} takes {FileLength}; {verdict}.");
    }

    /// <summary>A shape as Python writes it.</summary>
    /// <param name="shape">Length of each axis.</param>
    public static string Describe(IReadOnlyList<int> shape) =>
        shape.Count == 1 ? string.Create(CultureInfo.InvariantCulture, $"({shape[0]},)") : $"({string.Join(", ", shape)})";

    private static byte[] Encode(NpyDType type, IReadOnlyList<int> shape, bool fortranOrder = false)
    {
        var text = $"{{'descr': '{type}', 'fortran_order': {(fortranOrder ? "True" : "False")}, 'shape': {Describe(shape)}, }}";
        var isLong = Padded(10 + text.Length + 1) - 10 > ushort.MaxValue;
        var prefix = isLong ? 12 : 10;
        var bytes = new byte[Padded(prefix + text.Length + 1)];
        bytes.AsSpan().Fill((byte)' ');
        Magic.CopyTo(bytes);
        (bytes[6], bytes[7]) = (isLong ? (byte)2 : (byte)1, 0);
        if (isLong)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), bytes.Length - prefix);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)(bytes.Length - prefix));
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(prefix));
        bytes[^1] = (byte)'\n';
        return bytes;

        static int Padded(int length) => (length + Alignment - 1) / Alignment * Alignment;
    }
}
