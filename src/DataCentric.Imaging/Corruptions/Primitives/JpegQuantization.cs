using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>How coarse each coefficient of an 8x8 block is: tables K.1 and K.2 of ITU-T T.81, scaled by quality as libjpeg does.</summary>
internal sealed class JpegQuantization
{
    /// <summary>A coefficient of the forward transform is 8 times the true one (jfdctint of libjpeg).</summary>
    private const int ForwardScale = 8;

    private static readonly byte[] Luma =
    [
        16, 11, 10, 16, 24, 40, 51, 61,
        12, 12, 14, 19, 26, 58, 60, 55,
        14, 13, 16, 24, 40, 57, 69, 56,
        14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77,
        24, 35, 55, 64, 81, 104, 113, 92,
        49, 64, 78, 87, 103, 121, 120, 101,
        72, 92, 95, 98, 112, 100, 103, 99,
    ];

    private static readonly byte[] Chroma =
    [
        17, 18, 24, 47, 99, 99, 99, 99,
        18, 21, 26, 66, 99, 99, 99, 99,
        24, 26, 56, 99, 99, 99, 99, 99,
        47, 66, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
    ];

    private readonly Vector256<int>[] _steps;
    private readonly Vector256<float>[] _divisors;

    private JpegQuantization(byte[] table, int quality)
    {
        var percent = quality < 50 ? 5000 / quality : 200 - (2 * quality);
        int[] steps = [.. table.Select(value => int.Clamp(((value * percent) + 50) / 100, 1, byte.MaxValue))];
        _steps = [.. Enumerable.Range(0, 8).Select(row => Vector256.Create(steps, row * 8))];
        _divisors = [.. _steps.Select(row => Vector256.ConvertToSingle(row * ForwardScale))];
    }

    /// <summary>The table of luma.</summary>
    /// <param name="quality">1 to 100.</param>
    public static JpegQuantization OfLuma(int quality) => new(Luma, quality);

    /// <summary>The table of chroma.</summary>
    /// <param name="quality">1 to 100.</param>
    public static JpegQuantization OfChroma(int quality) => new(Chroma, quality);

    /// <summary>What is left of a row of coefficients: round(x / (8 q)) q, halves away from zero.</summary>
    /// <param name="row">Which row, 0 to 7.</param>
    /// <param name="coefficients">8 times the coefficients, below 2^15.</param>
    /// <remarks>The quotient of whole numbers below 2^15 and 2^11 is never rounded up to a whole number in float32.</remarks>
    public Vector256<int> Round(int row, Vector256<int> coefficients)
    {
        var (step, divisor) = (_steps[row], _divisors[row]);
        var size = Vector256.ConvertToSingle(Vector256.Abs(coefficients) + (step * (ForwardScale / 2)));
        var rounded = Vector256.ConvertToInt32Native(size / divisor) * step;
        var sign = coefficients >> 31;
        return (rounded ^ sign) - sign;
    }
}
