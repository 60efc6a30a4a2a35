using System.Globalization;
using System.Text;

namespace DataCentric.Pickles;

/// <summary>
/// Reads strings that were left in a pickle letter by letter. Where a letter stands for a byte, as in the text that protocols 0 to 2 of Python 3
/// make of bytes (Latin-1, Lib/pickle.py save_bytes), it is 0 to 255.
/// </summary>
/// <param name="stream">The pickle; read from its position, which is set to where the string begins.</param>
/// <param name="bytes">The string, or the end of it from some letter on.</param>
/// <param name="source">File, for messages.</param>
public sealed class PickleText(Stream stream, PickleBytes bytes, string source)
{
    private const string Escapes = "abfnrtv";
    private const string Escaped = "\a\b\f\n\r\t\v";

    private readonly long _end = bytes.Offset + bytes.Length;

    /// <summary>Place of the next letter.</summary>
    public long At { get; private set; } = stream.Position = bytes.Offset;

    /// <summary>A whole string.</summary>
    /// <param name="stream">The pickle.</param>
    /// <param name="bytes">The string; short.</param>
    /// <param name="source">File, for messages.</param>
    /// <exception cref="InputException">It is no text of its kind.</exception>
    public static string Of(Stream stream, PickleBytes bytes, string source)
    {
        var (reader, text) = (new PickleText(stream, bytes, source), new StringBuilder());
        for (int letter; (letter = reader.Next()) >= 0;)
            text.Append(Rune.IsValid(letter) ? new Rune(letter).ToString() : throw reader.Broken());
        return text.ToString();
    }

    /// <summary>The next letters as bytes.</summary>
    /// <param name="values">To fill.</param>
    /// <exception cref="InputException">There are fewer, or one is no byte.</exception>
    public void Fill(Span<byte> values)
    {
        foreach (ref var value in values)
            value = Next() is var letter and >= 0 and <= byte.MaxValue ? (byte)letter : throw Broken();
    }

    /// <summary>The number of the next letter in Unicode; -1 at the end.</summary>
    /// <exception cref="InputException">What lies there is no letter.</exception>
    public int Next()
    {
        if (At == _end)
            return -1;
        var first = Byte();
        return bytes.Encoding switch
        {
            PickleEncoding.Utf8 when first >= 0x80 => Continued(first),
            PickleEncoding.UnicodeEscape when first == '\\' => Byte() switch { 'u' => Hexadecimal(4), 'U' => Hexadecimal(8), _ => throw Broken() },
            PickleEncoding.StringEscape when first == '\\' => Byte() switch
            {
                'x' => Hexadecimal(2),
                var mark and ('\\' or '\'' or '"') => mark,
                var letter when Escapes.IndexOf((char)letter, StringComparison.Ordinal) is var at and >= 0 => Escaped[at],
                _ => throw Broken(),
            },
            _ => first,
        };
    }

    /// <summary>A letter of two to four bytes (RFC 3629).</summary>
    private int Continued(int first)
    {
        var more = first switch { >= 0xC2 and < 0xE0 => 1, >= 0xE0 and < 0xF0 => 2, >= 0xF0 and < 0xF5 => 3, _ => throw Broken() };
        var letter = first & (0x3F >> more);
        for (; more > 0; more--)
            letter = Byte() is var next and >= 0x80 and < 0xC0 ? (letter << 6) | (next & 0x3F) : throw Broken();
        return letter;
    }

    private int Hexadecimal(int digits)
    {
        Span<char> text = stackalloc char[digits];
        foreach (ref var digit in text)
            digit = (char)Byte();
        return int.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var letter) && letter >= 0 ? letter : throw Broken();
    }

    private int Byte()
    {
        var value = At < _end ? stream.ReadByte() : -1;
        At++;
        return value >= 0 ? value : throw Broken();
    }

    private InputException Broken() => new($"{source}: its pickle has a broken text (byte {At - 1}).");
}
