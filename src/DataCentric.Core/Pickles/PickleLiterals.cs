using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace DataCentric.Pickles;

/// <summary>The instructions that hold a plain value: nothing, truth, numbers, text and bytes.</summary>
/// <param name="input">The pickle.</param>
/// <param name="hasLongTexts">Whether texts of more than 255 bytes may occur.</param>
internal sealed class PickleLiterals(PickleInput input, bool hasLongTexts)
{
    private const int ShortText = 255;

    /// <summary>Reads the value of an instruction.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="value">Its value: null, bool, long, double, string or <see cref="PickleBytes"/>.</param>
    /// <returns>Whether it is one of these instructions.</returns>
    /// <exception cref="InputException">The value is broken or cut short.</exception>
    public bool TryRead(char instruction, out object? value)
    {
        (var isOne, value) = instruction switch
        {
            'N' => (true, null),
            '\u0088' => (true, true),
            '\u0089' => (true, false),
            'K' => (true, (long)input.Byte()),
            'M' => (true, (long)BinaryPrimitives.ReadUInt16LittleEndian(input.Take(2))),
            'J' => (true, (long)BinaryPrimitives.ReadInt32LittleEndian(input.Take(4))),
            '\u008a' => (true, Long(input.Take(input.Byte()))),
            'I' or 'L' => (true, Whole(input.Line())),
            'G' => (true, BinaryPrimitives.ReadDoubleBigEndian(input.Take(8))),
            'F' => (true, Real(input.Line())),
            'X' => (true, Text(input.UInt32())),
            '\u008c' => (true, Encoding.UTF8.GetString(input.Take(input.Byte()))),
            'U' or 'C' => (true, Encoding.Latin1.GetString(input.Take(input.Byte()))),
            'V' => (true, Short(input.LeaveLine(PickleEncoding.UnicodeEscape))),
            'S' => (true, Short(Quoted(input.LeaveLine(PickleEncoding.StringEscape)))),
            'T' or 'B' => (true, input.Leave(input.UInt32())),
            '\u008e' or '\u0096' => (true, input.Leave(BinaryPrimitives.ReadUInt64LittleEndian(input.Take(8)))),
            _ => ((bool, object?))(false, null),
        };
        return isOne;
    }

    private object Text(uint length) =>
        hasLongTexts && length > ShortText ? input.Leave(length, PickleEncoding.Utf8) : Encoding.UTF8.GetString(input.Take(length));

    private object Short(PickleBytes text) => text.Length <= ShortText ? input.Text(text) : text;

    /// <summary>Protocol 0 of Python 2 writes a string as its source text, between single or double quotes.</summary>
    private PickleBytes Quoted(PickleBytes line) => line.Length >= 2
        ? line with { Offset = line.Offset + 1, Length = line.Length - 2 }
        : throw input.Broken(line.Offset, "has a string without quotes");

    /// <summary>Protocols 0 and 1 write truth as 00 and 01, and Python 2 an L behind long numbers.</summary>
    private object Whole(string text) => text switch
    {
        "00" => false,
        "01" => true,
        _ => long.TryParse(text.TrimEnd('L'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw input.Broken(input.At, "has a line that is no whole number of 64 bits"),
    };

    private double Real(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw input.Broken(input.At, "has a line that is no number");

    private long Long(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > sizeof(long))
            throw input.Broken(input.At, $"has a whole number of {bytes.Length} bytes");
        var value = bytes.Length > 0 && bytes[^1] >= 0x80 ? -1L : 0L;
        for (var i = bytes.Length - 1; i >= 0; i--)
            value = (value << 8) | bytes[i];
        return value;
    }
}
