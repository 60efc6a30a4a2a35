using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace DataCentric.Npy;

/// <summary>
/// Texts of an npy array: <c>U</c>, characters of four bytes (UTF-32), or <c>S</c>, bytes, here UTF-8. Each value has the same number of
/// them, and zeros follow the shorter texts (numpy.str_ and numpy.bytes_, NumPy 2.0).
/// </summary>
public static class NpyText
{
    /// <summary>Most characters of a text.</summary>
    public const int Longest = 1024;

    private const int WideSize = 4;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A text.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="value">The bytes of one value.</param>
    /// <returns>The text, or null where it holds what is no character.</returns>
    public static string? Read(NpyDType type, ReadOnlySpan<byte> value) =>
        type.Kind == 'U' ? ReadWide(value, type.BigEndian) : ReadBytes(value.TrimEnd((byte)0));

    /// <summary>The type that a description such as <c>&lt;U5</c> or <c>|S5</c> stands for, or null.</summary>
    internal static NpyDType? Parse(string description) =>
        description is [var order and ('<' or '>' or '=' or '|'), var kind and ('U' or 'S'), _, ..]
        && int.TryParse(description.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length is > 0 and <= Longest
            ? new(kind, kind == 'U' ? WideSize * length : length, kind == 'U' && (order == '>' || (order == '=' && !BitConverter.IsLittleEndian)))
            : null;

    /// <summary>The description of a type of texts.</summary>
    internal static string Describe(NpyDType type) => type.Kind == 'S'
        ? string.Create(CultureInfo.InvariantCulture, $"|S{type.Size}")
        : string.Create(CultureInfo.InvariantCulture, $"{(type.BigEndian ? '>' : '<')}U{type.Size / WideSize}");

    private static string? ReadWide(ReadOnlySpan<byte> value, bool bigEndian)
    {
        var text = new StringBuilder();
        var zeros = 0;
        for (var at = 0; at < value.Length; at += WideSize)
        {
            var code = bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(value[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(value[at..]);
            if (code == 0)
            {
                zeros++;
                continue;
            }

            if (!Rune.IsValid(code))
                return null;
            text.Append('\0', zeros).Append(new Rune(code).ToString());
            zeros = 0;
        }

        return text.ToString();
    }

    private static string? ReadBytes(ReadOnlySpan<byte> value)
    {
        try
        {
            return Strict.GetString(value);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
