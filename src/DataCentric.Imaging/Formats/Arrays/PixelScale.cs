using System.Globalization;
using DataCentric.Npy;

namespace DataCentric.Imaging.Formats.Arrays;

/// <summary>
/// Values of an array as bytes: multiplied by a factor where one is given and rounded to the nearest whole number, halves to the even
/// one (as numpy.rint); the result has to be 0 to 255. Without a factor whole numbers of any type are taken as they are. Floats need one: no value tells whether
/// white is 1 or 255.
/// </summary>
/// <param name="type">Type of the values.</param>
/// <param name="scale">The factor, or null.</param>
internal sealed class PixelScale(NpyDType type, double? scale)
{
    /// <summary>Whether bytes stay what they are.</summary>
    public bool KeepsBytes { get; } = type == NpyDType.U1 && scale is null or 1;

    /// <summary>Refuses floats without a factor, and a factor that makes nothing of them.</summary>
    /// <param name="source">Name of the array, for the message.</param>
    /// <exception cref="InputException">There is no factor, or it is not positive and finite.</exception>
    public void Check(string source)
    {
        if (scale is { } factor && !(double.IsFinite(factor) && factor > 0))
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"--scale {factor}: expected a finite number above 0, such as 255 for values in [0, 1]."));
        if (scale is null && !type.IsInteger)
        {
            throw new InputException(
                $"{source}: is {type}, floats, which do not say what white is: give the factor to 0..255, --scale 255 for values in [0, 1] or --scale 1 for values from 0 to 255.");
        }
    }

    /// <summary>Converts values.</summary>
    /// <param name="values">As they lie in the array.</param>
    /// <param name="bytes">Receives a byte for each.</param>
    /// <param name="place">Names the value of a number, for the message.</param>
    /// <exception cref="InputException">A value is not finite, or leaves 0 to 255.</exception>
    public void Convert(ReadOnlySpan<byte> values, Span<byte> bytes, Func<int, string> place)
    {
        var (size, factor) = (type.Size, scale ?? 1);
        for (var i = 0; i < bytes.Length; i++)
        {
            var value = type.ToDouble(values.Slice(i * size, size));
            var level = Math.Round(value * factor, MidpointRounding.ToEven);
            if (level is not (>= 0 and <= 255))
                throw Refused(place(i), value);
            bytes[i] = (byte)level;
        }
    }

    private InputException Refused(string place, double value) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{place}: {value:G7}{(scale is { } factor ? $" x {factor:G7} = {value * factor:G7}" : "")}; expected 0 to 255{(scale is null ? $", as a |u1 (uint8) holds. This is {type}: --scale gives a factor to bring its values there" : " after --scale")}."));
}
