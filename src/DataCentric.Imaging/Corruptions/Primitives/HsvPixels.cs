using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// Changes saturation and value of pixels in the hexcone HSV model, four at a time in double, operation by operation as skimage
/// does it, so that the bytes are those of the reference: S = clip(S f + s), V = clip(V + v), floor8(255 rgb).
/// </summary>
internal static class HsvPixels
{
    private const int Lanes = 4;
    private const int Bytes = 3 * Lanes;
    private const byte None = 255; // Out of a vector's range: a shuffle puts zero there.

    /// <summary>2^52: added to a whole number, it leaves that in the low bits of the sum.</summary>
    private const double Whole = 4503599627370496;

    /// <summary>Changes an image.</summary>
    /// <param name="source">3 N bytes.</param>
    /// <param name="destination">3 N bytes.</param>
    /// <param name="factor">f.</param>
    /// <param name="shift">s.</param>
    /// <param name="brighter">v.</param>
    public static void Apply(ReadOnlySpan<byte> source, Span<byte> destination, double factor, double shift, double brighter)
    {
        // Sixteen bytes are read and written for twelve, so the last pixels go through a buffer.
        Span<byte> rest = stackalloc byte[2 * Vector128<byte>.Count];
        var i = 0;
        for (; i <= source.Length - Vector128<byte>.Count; i += Bytes)
            Four(Vector128.Create(source.Slice(i, Vector128<byte>.Count)), factor, shift, brighter).CopyTo(destination[i..]);
        for (; i < source.Length; i += Bytes)
        {
            var length = int.Min(Bytes, source.Length - i);
            rest.Clear();
            source.Slice(i, length).CopyTo(rest);
            Four(Vector128.Create<byte>(rest[..Vector128<byte>.Count]), factor, shift, brighter).CopyTo(rest);
            rest[..length].CopyTo(destination[i..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Four(Vector128<byte> pixels, double factor, double shift, double brighter)
    {
        var (zero, one) = (Vector256<double>.Zero, Vector256<double>.One);
        var red = Share(Vector128.Shuffle(pixels, Vector128.Create(0, None, None, None, 3, None, None, None, 6, None, None, None, 9, None, None, None)));
        var green = Share(Vector128.Shuffle(pixels, Vector128.Create(1, None, None, None, 4, None, None, None, 7, None, None, None, 10, None, None, None)));
        var blue = Share(Vector128.Shuffle(pixels, Vector128.Create(2, None, None, None, 5, None, None, None, 8, None, None, None, 11, None, None, None)));

        var value = Vector256.MaxNative(red, Vector256.MaxNative(green, blue));
        var range = value - Vector256.MinNative(red, Vector256.MinNative(green, blue));
        var grey = Vector256.Equals(range, zero);

        // Where two channels are the largest, the later one decides.
        var (byGreen, byBlue) = (Vector256.Equals(green, value), Vector256.Equals(blue, value));
        var difference = Vector256.ConditionalSelect(byBlue, red - green, Vector256.ConditionalSelect(byGreen, blue - red, green - blue));
        var from = Vector256.ConditionalSelect(byBlue, Vector256.Create(4.0), byGreen & Vector256.Create(2.0));
        var hue = ((difference / Vector256.ConditionalSelect(grey, one, range)) + from) / Vector256.Create(6.0);
        hue = Vector256.AndNot(hue - Vector256.Floor(hue), grey) * 6.0;
        var saturation = Vector256.AndNot(range / Vector256.ConditionalSelect(grey, one, value), grey);

        saturation = Vector256.MinNative(Vector256.MaxNative((saturation * factor) + Vector256.Create(shift), zero), one);
        value = Vector256.MinNative(Vector256.MaxNative(value + Vector256.Create(brighter), zero), one);

        // The smallest channel has p = V (1 - S), the middle one q = V (1 - f S) in odd sectors and t = V (1 - (1 - f) S) in even ones.
        var sector = Vector256.Floor(hue);
        var fraction = hue - sector;
        var first = Vector256.Equals(sector, Vector256.Create(1.0));
        var second = Vector256.Equals(sector, Vector256.Create(2.0));
        var third = Vector256.Equals(sector, Vector256.Create(3.0));
        var fourth = Vector256.Equals(sector, Vector256.Create(4.0));
        var fifth = Vector256.Equals(sector, Vector256.Create(5.0)); // Sector 6, which rounding can make, is sector 0.
        var part = Vector256.ConditionalSelect(first | third | fifth, fraction, one - fraction);
        var high = Level(value);
        var middle = Level(value * (one - (part * saturation)));
        var low = Level(value * (one - saturation));
        var r = Choose(second | third, low, first | fourth, middle, high);
        var g = Choose(fourth | fifth, low, first | second, high, middle);
        var b = Choose(third | fourth, high, second | fifth, middle, low);
        var packed = r | (g << 8) | (b << 16);
        return Vector128.Shuffle(
            Vector128.Narrow(packed.GetLower(), packed.GetUpper()).AsByte(), Vector128.Create(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, None, None, None, None));
    }

    /// <summary>x / 255 of four whole numbers: the quotient by the reciprocal, corrected once, is the nearest one (Markstein 1990).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Share(Vector128<byte> numbers)
    {
        var (full, reciprocal) = (Vector256.Create(255.0), Vector256.Create(1 / 255.0));
        var wide = Vector256.WidenLower(numbers.AsUInt32().ToVector256Unsafe()) | Vector256.Create(Whole).AsUInt64();
        var x = wide.AsDouble() - Vector256.Create(Whole);
        var quotient = x * reciprocal;
        return Vector256.FusedMultiplyAdd(Vector256.FusedMultiplyAdd(-quotient, full, x), reciprocal, quotient);
    }

    /// <summary>floor8(255 x) in each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Level(Vector256<double> share) =>
        (Vector256.Floor(share * 255) + Vector256.Create(Whole)).AsUInt64() & Vector256.Create((ulong)byte.MaxValue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Choose(Vector256<double> where, Vector256<ulong> then, Vector256<double> orWhere, Vector256<ulong> orThen, Vector256<ulong> otherwise) =>
        Vector256.ConditionalSelect(where.AsUInt64(), then, Vector256.ConditionalSelect(orWhere.AsUInt64(), orThen, otherwise));
}
