using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// RGB to Y, Cb, Cr and back as JFIF defines them, in the whole numbers of libjpeg (<c>jccolor.c</c> and <c>jdcolor.c</c>): factors times 2^16,
/// halves up. Eight pixels at a time.
/// </summary>
internal static class JpegColours
{
    private const int Pixels = EightBytes.Count;
    private const int Bytes = 3 * Pixels;
    private const int Fraction = 16;
    private const int Half = 1 << (Fraction - 1);
    private const byte None = 255; // Out of a vector's range: a shuffle puts zero there.

    /// <summary>Takes a row apart.</summary>
    /// <param name="rgb">W pixels.</param>
    /// <param name="luma">W samples, and room up to a multiple of 8, as the others.</param>
    /// <param name="blue">Cb.</param>
    /// <param name="red">Cr.</param>
    public static void Divide(ReadOnlySpan<byte> rgb, Span<byte> luma, Span<byte> blue, Span<byte> red)
    {
        var x = 0;
        for (; rgb.Length >= Bytes; rgb = rgb[Bytes..], x += Pixels)
            DivideEight(rgb, luma[x..], blue[x..], red[x..]);
        if (rgb.IsEmpty)
            return;
        Span<byte> rest = stackalloc byte[Bytes];
        rgb.CopyTo(rest);
        DivideEight(rest, luma[x..], blue[x..], red[x..]);
    }

    /// <summary>Puts a row together.</summary>
    /// <param name="luma">W samples, and others up to a multiple of 8.</param>
    /// <param name="blue">Cb.</param>
    /// <param name="red">Cr.</param>
    /// <param name="rgb">W pixels.</param>
    public static void Join(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> blue, ReadOnlySpan<byte> red, Span<byte> rgb)
    {
        var x = 0;
        for (; rgb.Length >= Bytes; rgb = rgb[Bytes..], x += Pixels)
            JoinEight(luma[x..], blue[x..], red[x..], rgb);
        if (rgb.IsEmpty)
            return;
        Span<byte> rest = stackalloc byte[Bytes];
        JoinEight(luma[x..], blue[x..], red[x..], rest);
        rest[..rgb.Length].CopyTo(rgb);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void DivideEight(ReadOnlySpan<byte> rgb, Span<byte> luma, Span<byte> blue, Span<byte> red)
    {
        // Pixels 0 to 5 begin in the first 16 bytes, the others in the last 16 of 24.
        var (first, last) = (Vector128.Create(rgb[..16]), Vector128.Create(rgb.Slice(8, 16)));
        var r = EightBytes.Widen(Vector128.Shuffle(first, Vector128.Create((byte)0, 3, 6, 9, 12, 15, None, None, None, None, None, None, None, None, None, None))
            | Vector128.Shuffle(last, Vector128.Create(None, None, None, None, None, None, 10, 13, None, None, None, None, None, None, None, None)));
        var g = EightBytes.Widen(Vector128.Shuffle(first, Vector128.Create((byte)1, 4, 7, 10, 13, None, None, None, None, None, None, None, None, None, None, None))
            | Vector128.Shuffle(last, Vector128.Create(None, None, None, None, None, 8, 11, 14, None, None, None, None, None, None, None, None)));
        var b = EightBytes.Widen(Vector128.Shuffle(first, Vector128.Create((byte)2, 5, 8, 11, 14, None, None, None, None, None, None, None, None, None, None, None))
            | Vector128.Shuffle(last, Vector128.Create(None, None, None, None, None, 9, 12, 15, None, None, None, None, None, None, None, None)));

        var centre = Vector256.Create((128 << Fraction) + Half - 1);
        EightBytes.Write(((r * 19595) + (g * 38470) + (b * 7471) + Vector256.Create(Half)) >> Fraction, luma);
        EightBytes.Write(((b * 32768) - (r * 11059) - (g * 21709) + centre) >> Fraction, blue);
        EightBytes.Write(((r * 32768) - (g * 27439) - (b * 5329) + centre) >> Fraction, red);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void JoinEight(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> blue, ReadOnlySpan<byte> red, Span<byte> rgb)
    {
        var centre = Vector256.Create(128);
        var half = Vector256.Create(Half);
        var y = EightBytes.Read(luma);
        var (cb, cr) = (EightBytes.Read(blue) - centre, EightBytes.Read(red) - centre);
        var r = EightBytes.Narrow(y + (((cr * 91881) + half) >> Fraction));
        var g = EightBytes.Narrow(y + ((half - (cb * 22554) - (cr * 46802)) >> Fraction));
        var b = EightBytes.Narrow(y + (((cb * 116130) + half) >> Fraction));

        var rg = Vector128.Create(r, g).AsByte();
        var blues = Vector128.CreateScalar(b).AsByte();
        var first = Vector128.Shuffle(rg, Vector128.Create(0, 8, None, 1, 9, None, 2, 10, None, 3, 11, None, 4, 12, None, 5))
            | Vector128.Shuffle(blues, Vector128.Create(None, None, 0, None, None, 1, None, None, 2, None, None, 3, None, None, 4, None));
        var last = Vector128.Shuffle(rg, Vector128.Create(13, None, 6, 14, None, 7, 15, None, None, None, None, None, None, None, None, None))
            | Vector128.Shuffle(blues, Vector128.Create(None, 5, None, None, 6, None, None, 7, None, None, None, None, None, None, None, None));
        first.CopyTo(rgb);
        MemoryMarshal.Write(rgb[16..], last.AsUInt64().ToScalar());
    }
}
