using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// What baseline JPEG makes of a block of 8x8 samples: the discrete cosine transform, quantisation, and the inverse transform, in the whole
/// numbers of libjpeg-turbo's accurate transform (<c>jfdctint.c</c> and <c>jidctint.c</c>, after Loeffler, Ligtenberg and Moschytz 1989), so that
/// the result is the same to the bit. Entropy coding between them loses nothing and is left out.
/// </summary>
/// <remarks>A vector holds a row of the block; one pass works on the columns of all eight rows, and rows are made columns by a transposition.</remarks>
internal static class JpegBlock
{
    private const int Centre = 128;
    private const int FractionBits = 13;
    private const int PassBits = 2; // Extra precision between the two passes.

    /// <summary>Puts samples through both transforms in place.</summary>
    /// <param name="samples">Samples, from the first of the block on.</param>
    /// <param name="stride">Distance of two rows.</param>
    /// <param name="quantization">How coarse coefficients are.</param>
    public static void Apply(Span<byte> samples, int stride, JpegQuantization quantization)
    {
        var (a, b, c, d) = (Load(samples, 0, stride), Load(samples, 1, stride), Load(samples, 2, stride), Load(samples, 3, stride));
        var (e, f, g, h) = (Load(samples, 4, stride), Load(samples, 5, stride), Load(samples, 6, stride), Load(samples, 7, stride));

        Transpose(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h);
        Forward(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h, -PassBits, FractionBits - PassBits);
        Transpose(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h);
        Forward(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h, PassBits, FractionBits + PassBits);

        (a, b, c, d) = (quantization.Round(0, a), quantization.Round(1, b), quantization.Round(2, c), quantization.Round(3, d));
        (e, f, g, h) = (quantization.Round(4, e), quantization.Round(5, f), quantization.Round(6, g), quantization.Round(7, h));

        Inverse(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h, FractionBits - PassBits);
        Transpose(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h);
        Inverse(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h, FractionBits + PassBits + 3);
        Transpose(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h);

        Store(a, samples, 0, stride);
        Store(b, samples, 1, stride);
        Store(c, samples, 2, stride);
        Store(d, samples, 3, stride);
        Store(e, samples, 4, stride);
        Store(f, samples, 5, stride);
        Store(g, samples, 6, stride);
        Store(h, samples, 7, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Load(Span<byte> samples, int row, int stride) => EightBytes.Read(samples[(row * stride)..]) - Vector256.Create(Centre);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> row, Span<byte> samples, int index, int stride) => EightBytes.Write(row + Vector256.Create(Centre), samples[(index * stride)..]);

    /// <summary>One pass of the forward transform; values grow by 2^1.5, and by 2^PassBits in the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Forward(
        ref Vector256<int> a, ref Vector256<int> b, ref Vector256<int> c, ref Vector256<int> d,
        ref Vector256<int> e, ref Vector256<int> f, ref Vector256<int> g, ref Vector256<int> h, int evenShift, int shift)
    {
        var (s0, s1, s2, s3) = (a + h, b + g, c + f, d + e);
        var (d3, d2, d1, d0) = (a - h, b - g, c - f, d - e);

        var (even0, even3, even1, even2) = (s0 + s3, s0 - s3, s1 + s2, s1 - s2);
        (a, e) = (even0 + even1, even0 - even1);
        (a, e) = evenShift < 0 ? (a << -evenShift, e << -evenShift) : (Descale(a, evenShift), Descale(e, evenShift));
        var turned = (even2 + even3) * 4433; // 0.541196100
        (c, g) = (Descale(turned + (even3 * 6270), shift), Descale(turned - (even2 * 15137), shift)); // 0.765366865, 1.847759065

        Odd(d0, d1, d2, d3, out var o0, out var o1, out var o2, out var o3);
        (b, d, f, h) = (Descale(o3, shift), Descale(o2, shift), Descale(o1, shift), Descale(o0, shift));
    }

    /// <summary>One pass of the inverse transform. Results are those of 16 bits, as in libjpeg-turbo's vector code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Inverse(
        ref Vector256<int> a, ref Vector256<int> b, ref Vector256<int> c, ref Vector256<int> d,
        ref Vector256<int> e, ref Vector256<int> f, ref Vector256<int> g, ref Vector256<int> h, int shift)
    {
        var turned = (c + g) * 4433;
        var (t2, t3) = (turned - (g * 15137), turned + (c * 6270));
        var (t0, t1) = ((a + e) << FractionBits, (a - e) << FractionBits);
        var (even0, even3, even1, even2) = (t0 + t3, t0 - t3, t1 + t2, t1 - t2);

        Odd(h, f, d, b, out var o0, out var o1, out var o2, out var o3);
        (a, h) = (Narrowed(even0 + o3, shift), Narrowed(even0 - o3, shift));
        (b, g) = (Narrowed(even1 + o2, shift), Narrowed(even1 - o2, shift));
        (c, f) = (Narrowed(even2 + o1, shift), Narrowed(even2 - o1, shift));
        (d, e) = (Narrowed(even3 + o0, shift), Narrowed(even3 - o0, shift));
    }

    /// <summary>The odd part, which is its own transpose: figure 8 of the paper, with the factors of libjpeg.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Odd(
        Vector256<int> i0, Vector256<int> i1, Vector256<int> i2, Vector256<int> i3,
        out Vector256<int> o0, out Vector256<int> o1, out Vector256<int> o2, out Vector256<int> o3)
    {
        var (z1, z2, z3, z4) = ((i0 + i3) * -7373, (i1 + i2) * -20995, i0 + i2, i1 + i3); // 0.899976223, 2.562915447
        var z5 = (z3 + z4) * 9633; // 1.175875602
        (z3, z4) = (z5 - (z3 * 16069), z5 - (z4 * 3196)); // 1.961570560, 0.390180644
        o0 = (i0 * 2446) + z1 + z3; // 0.298631336
        o1 = (i1 * 16819) + z2 + z4; // 2.053119869
        o2 = (i2 * 25172) + z2 + z3; // 3.072711026
        o3 = (i3 * 12299) + z1 + z4; // 1.501321110
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Descale(Vector256<int> value, int bits) => (value + Vector256.Create(1 << (bits - 1))) >> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Narrowed(Vector256<int> value, int bits) =>
        Vector256.Clamp(Descale(value, bits), Vector256.Create((int)short.MinValue), Vector256.Create((int)short.MaxValue));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        ref Vector256<int> a, ref Vector256<int> b, ref Vector256<int> c, ref Vector256<int> d,
        ref Vector256<int> e, ref Vector256<int> f, ref Vector256<int> g, ref Vector256<int> h)
    {
        if (!Avx2.IsSupported)
        {
            TransposeByElements(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h);
            return;
        }

        // Pairs of rows, then fours, then the halves of vectors.
        var (ab0, ab1, cd0, cd1) = (Avx2.UnpackLow(a, b).AsInt64(), Avx2.UnpackHigh(a, b).AsInt64(), Avx2.UnpackLow(c, d).AsInt64(), Avx2.UnpackHigh(c, d).AsInt64());
        var (ef0, ef1, gh0, gh1) = (Avx2.UnpackLow(e, f).AsInt64(), Avx2.UnpackHigh(e, f).AsInt64(), Avx2.UnpackLow(g, h).AsInt64(), Avx2.UnpackHigh(g, h).AsInt64());
        var (l0, l1, l2, l3) = (Avx2.UnpackLow(ab0, cd0), Avx2.UnpackHigh(ab0, cd0), Avx2.UnpackLow(ab1, cd1), Avx2.UnpackHigh(ab1, cd1));
        var (r0, r1, r2, r3) = (Avx2.UnpackLow(ef0, gh0), Avx2.UnpackHigh(ef0, gh0), Avx2.UnpackLow(ef1, gh1), Avx2.UnpackHigh(ef1, gh1));
        (a, b) = (Avx2.Permute2x128(l0, r0, 0x20).AsInt32(), Avx2.Permute2x128(l1, r1, 0x20).AsInt32());
        (c, d) = (Avx2.Permute2x128(l2, r2, 0x20).AsInt32(), Avx2.Permute2x128(l3, r3, 0x20).AsInt32());
        (e, f) = (Avx2.Permute2x128(l0, r0, 0x31).AsInt32(), Avx2.Permute2x128(l1, r1, 0x31).AsInt32());
        (g, h) = (Avx2.Permute2x128(l2, r2, 0x31).AsInt32(), Avx2.Permute2x128(l3, r3, 0x31).AsInt32());
    }

    private static void TransposeByElements(
        ref Vector256<int> a, ref Vector256<int> b, ref Vector256<int> c, ref Vector256<int> d,
        ref Vector256<int> e, ref Vector256<int> f, ref Vector256<int> g, ref Vector256<int> h)
    {
        ReadOnlySpan<Vector256<int>> rows = [a, b, c, d, e, f, g, h];
        var from = MemoryMarshal.Cast<Vector256<int>, int>(rows);
        Span<int> to = stackalloc int[64];
        for (var i = 0; i < to.Length; i++)
            to[i] = from[(i % 8 * 8) + (i / 8)];
        var columns = MemoryMarshal.Cast<int, Vector256<int>>(to);
        (a, b, c, d, e, f, g, h) = (columns[0], columns[1], columns[2], columns[3], columns[4], columns[5], columns[6], columns[7]);
    }
}
