using System.Buffers.Binary;
using System.Globalization;

namespace DataCentric.Npy;

/// <summary>Type of the values of an npy array: a whole number, a float or, where that is asked for, a text of fixed size.</summary>
/// <param name="Kind">'u' unsigned, 'i' signed, 'f' float, 'U' text of Unicode characters, 'S' text of bytes.</param>
/// <param name="Size">Bytes of one value: 1, 2, 4 or 8 (floats 2, 4 or 8); of a text 4 ('U') or 1 ('S') for each character.</param>
/// <param name="BigEndian">Whether the first byte is the most significant; false where a value is one byte.</param>
public readonly record struct NpyDType(char Kind, int Size, bool BigEndian = false)
{
    /// <summary>Bytes, 0 to 255.</summary>
    public static NpyDType U1 { get; } = new('u', 1);

    /// <summary>Single floats, little-endian.</summary>
    public static NpyDType F4 { get; } = new('f', 4);

    /// <summary>Whether values are whole numbers.</summary>
    public bool IsInteger => Kind is 'u' or 'i';

    /// <summary>Whether values are texts, which <see cref="NpyText"/> reads.</summary>
    public bool IsText => Kind is 'U' or 'S';

    /// <summary>Reads a description such as <c>|u1</c>, <c>&lt;f4</c> or <c>&gt;i8</c>.</summary>
    /// <param name="description">The value of 'descr' in the header.</param>
    /// <param name="source">File, for the message.</param>
    /// <param name="mayBeText">Whether texts such as <c>&lt;U5</c> and <c>|S5</c> are read, too.</param>
    /// <exception cref="InputException">Any other type: objects, strings, booleans, records, complex numbers.</exception>
    public static NpyDType Parse(string description, string source, bool mayBeText = false)
    {
        ArgumentNullException.ThrowIfNull(description);
        if (mayBeText && NpyText.Parse(description) is { } text)
            return text;
        if (description is [var order and ('<' or '>' or '=' or '|'), var kind and ('u' or 'i' or 'f'), >= '1' and <= '8']
            && (description[2] - '0') is var size and (1 or 2 or 4 or 8)
            && (kind != 'f' || size > 1)
            && (order != '|' || size == 1))
        {
            return new(kind, size, size > 1 && (order == '>' || (order == '=' && !BitConverter.IsLittleEndian)));
        }

        throw new InputException(
            $"{source}: values of type '{description}' are not read; expected whole numbers or floats of 1 to 8 bytes{(mayBeText ? $", or texts of 1 to {NpyText.Longest} characters" : "")}.{Hint(description)}");
    }

    /// <summary>A whole number as 64 bits; unsigned values beyond become the largest.</summary>
    /// <param name="value">The bytes of one value.</param>
    public long ToInt64(ReadOnlySpan<byte> value) => (Kind, Size) switch
    {
        ('u', 1) => value[0],
        ('u', 2) => BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(value) : BinaryPrimitives.ReadUInt16LittleEndian(value),
        ('u', 4) => BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(value) : BinaryPrimitives.ReadUInt32LittleEndian(value),
        ('u', 8) => (long)Math.Min(
            long.MaxValue,
            BigEndian ? BinaryPrimitives.ReadUInt64BigEndian(value) : BinaryPrimitives.ReadUInt64LittleEndian(value)),
        ('i', 1) => (sbyte)value[0],
        ('i', 2) => BigEndian ? BinaryPrimitives.ReadInt16BigEndian(value) : BinaryPrimitives.ReadInt16LittleEndian(value),
        ('i', 4) => BigEndian ? BinaryPrimitives.ReadInt32BigEndian(value) : BinaryPrimitives.ReadInt32LittleEndian(value),
        ('i', 8) => BigEndian ? BinaryPrimitives.ReadInt64BigEndian(value) : BinaryPrimitives.ReadInt64LittleEndian(value),
        _ => throw new InvalidOperationException($"{this} is not a type of whole numbers."),
    };

    /// <summary>Any value as a double.</summary>
    /// <param name="value">The bytes of one value.</param>
    public double ToDouble(ReadOnlySpan<byte> value) => (Kind, Size) switch
    {
        ('f', 2) => (double)(BigEndian ? BinaryPrimitives.ReadHalfBigEndian(value) : BinaryPrimitives.ReadHalfLittleEndian(value)),
        ('f', 4) => BigEndian ? BinaryPrimitives.ReadSingleBigEndian(value) : BinaryPrimitives.ReadSingleLittleEndian(value),
        ('f', 8) => BigEndian ? BinaryPrimitives.ReadDoubleBigEndian(value) : BinaryPrimitives.ReadDoubleLittleEndian(value),
        _ => ToInt64(value),
    };

    /// <summary>The description, such as <c>&lt;f4</c>.</summary>
    public override string ToString()
    {
        if (IsText)
            return NpyText.Describe(this);
        var order = Size == 1 ? '|' : BigEndian ? '>' : '<';
        return string.Create(CultureInfo.InvariantCulture, $"{order}{Kind}{Size}");
    }

    private static string Hint(string description) => description.TrimStart('|', '<', '>', '=') switch
    {
        ['O', ..] => " These are pickled Python objects: save whole numbers, or texts by astype(str).",
        ['b', ..] or "?" => " astype(\"uint8\") makes 0 and 1 of them.",
        ['f' or 'g', ..] => " astype(\"float64\") makes such of them.",
        _ => "",
    };
}
