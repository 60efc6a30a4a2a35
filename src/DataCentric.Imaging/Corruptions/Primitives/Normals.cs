using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// Normal numbers in bulk: Box and Muller's method on floats, sixteen at a time. Logarithm, sine and cosine are the polynomials of
/// the Cephes library (Moshier 1992) in plain multiplications and additions, so that every machine gives the same bits.
/// </summary>
internal static class Normals
{
    private const int Lanes = 8;

    private static ReadOnlySpan<float> LogarithmSeries =>
    [
        0.070376836292f, -0.11514610310f, 0.11676998740f, -0.12420140846f, 0.14249322787f,
        -0.16668057665f, 0.20000714765f, -0.24999993993f, 0.33333331174f,
    ];

    private static ReadOnlySpan<float> SineSeries => [-1.9515295891e-4f, 8.3321608736e-3f, -1.6666654611e-1f];

    private static ReadOnlySpan<float> CosineSeries => [2.443315711809948e-5f, -1.388731625493765e-3f, 4.166664568298827e-2f];

    /// <summary>Fills a span with normal numbers; up to 6.8 deviations from the mean occur.</summary>
    public static void Fill(ref CounterRandom random, Span<float> values, float mean, float deviation, CorruptionScratch scratch)
    {
        var blocks = (values.Length + (2 * Lanes) - 1) / (2 * Lanes);
        var draws = scratch.Take<uint>(blocks * 2 * Lanes);
        random.Fill(draws);
        ref var first = ref MemoryMarshal.GetReference(draws);
        var whole = values.Length / (2 * Lanes) * 2 * Lanes;
        for (var i = 0; i < whole; i += 2 * Lanes)
            Sixteen(ref Unsafe.Add(ref first, i), mean, deviation, values.Slice(i, 2 * Lanes));
        if (whole == values.Length)
            return;
        Span<float> last = stackalloc float[2 * Lanes];
        Sixteen(ref Unsafe.Add(ref first, whole), mean, deviation, last);
        last[..(values.Length - whole)].CopyTo(values[whole..]);
    }

    /// <summary>Sines and cosines of random directions: of a full turn times draw / 2^32.</summary>
    /// <param name="draws">N draws of 32 bits.</param>
    /// <param name="sines">Receives N sines.</param>
    /// <param name="cosines">Receives N cosines.</param>
    public static void Directions(ReadOnlySpan<uint> draws, Span<float> sines, Span<float> cosines)
    {
        var whole = draws.Length / Lanes * Lanes;
        for (var i = 0; i < whole; i += Lanes)
        {
            var (sine, cosine) = Direction(Vector256.Create(draws.Slice(i, Lanes)));
            sine.CopyTo(sines[i..]);
            cosine.CopyTo(cosines[i..]);
        }

        for (var i = whole; i < draws.Length; i++)
        {
            var (sine, cosine) = Direction(Vector256.Create(draws[i]));
            (sines[i], cosines[i]) = (sine[0], cosine[0]);
        }
    }

    // r = sqrt(-2 log u), z = r cos(2 pi v), r sin(2 pi v).
    private static void Sixteen(ref uint draws, float mean, float deviation, Span<float> values)
    {
        // 31 bits of the draw, to stay among the signed numbers that convert in one step, shifted by half a step away from 0.
        var bits = (Vector256.LoadUnsafe(ref draws) >>> 1).AsInt32();
        var u = (Vector256.ConvertToSingle(bits) + Vector256.Create(0.5f)) * (1f / (1U << 31));
        var radius = Vector256.Sqrt(Vector256.Max(-2 * Logarithm(u), Vector256<float>.Zero)) * deviation;
        var (sine, cosine) = Turn(Vector256.LoadUnsafe(ref draws, Lanes));
        ((radius * cosine) + Vector256.Create(mean)).CopyTo(values);
        ((radius * sine) + Vector256.Create(mean)).CopyTo(values[Lanes..]);
    }

    private static Vector256<float> Logarithm(Vector256<float> x)
    {
        // x = m 2^e with m in [sqrt(1/2), sqrt(2)).
        const int HalfRoot = 0x3F3504F3;
        var bits = x.AsInt32() - Vector256.Create(HalfRoot);
        var exponent = Vector256.ConvertToSingle(bits >> 23);
        var m = ((bits & Vector256.Create(0x7FFFFF)) + Vector256.Create(HalfRoot)).AsSingle() - Vector256<float>.One;
        var p = Horner(m, LogarithmSeries) * m * m * m;
        return p - (0.5f * m * m) + m + (exponent * 0.69314718056f);
    }

    // Turn takes the rest for -45 to 45 degrees where it is 0 to 90: from 45 on it is that of the next quadrant.
    private static (Vector256<float> Sine, Vector256<float> Cosine) Direction(Vector256<uint> draws) =>
        Turn((draws & Vector256.Create(0x3FFFFFFFu)) | ((draws + Vector256.Create(0x20000000u)) & Vector256.Create(0xC0000000u)));

    // Sine and cosine of a full turn times draw / 2^32: the upper 2 bits are the quadrant, the rest an angle of -45 to 45 degrees.
    private static (Vector256<float> Sine, Vector256<float> Cosine) Turn(Vector256<uint> draws)
    {
        var quadrant = draws >>> 30;
        var angle = Vector256.ConvertToSingle((draws << 2).AsInt32() >> 1) * (float)(Math.PI / 4 / (1L << 30));
        var square = angle * angle;
        var sine = (Horner(square, SineSeries) * square * angle) + angle;
        var cosine = (Horner(square, CosineSeries) * square * square) - (0.5f * square) + Vector256<float>.One;
        var swap = Vector256.Equals(quadrant & Vector256<uint>.One, Vector256<uint>.One).AsSingle();
        var signOfSine = ((quadrant & Vector256.Create(2u)) << 30).AsSingle();
        var signOfCosine = (((quadrant + Vector256<uint>.One) & Vector256.Create(2u)) << 30).AsSingle();
        return (
            Vector256.ConditionalSelect(swap, cosine, sine) ^ signOfSine,
            Vector256.ConditionalSelect(swap, sine, cosine) ^ signOfCosine);
    }

    private static Vector256<float> Horner(Vector256<float> x, ReadOnlySpan<float> coefficients)
    {
        var sum = Vector256.Create(coefficients[0]);
        foreach (var coefficient in coefficients[1..])
            sum = (sum * x) + Vector256.Create(coefficient);
        return sum;
    }
}
