using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// An image between its pixels: the cubic B-spline through them (Unser 1999, "Splines: A Perfect Fit for Signal and Image
/// Processing"; scipy.ndimage's order 3), mirrored at the edge pixels.
/// </summary>
internal readonly ref struct SplineImage
{
    // Four coefficients make up a place: one before it, two behind.
    private static readonly Margins Around = new(1, 2, 1, 2);
    private static readonly float Pole = (float)(Math.Sqrt(3) - 2);

    private readonly ref float _origin;
    private readonly int _stride;
    private readonly ImageShape _shape;

    /// <summary>Finds the coefficients of the spline.</summary>
    /// <param name="image">H x W x 3 bytes.</param>
    /// <param name="shape">Height and width.</param>
    /// <param name="scratch">Buffers; they hold the coefficients.</param>
    public SplineImage(ReadOnlySpan<byte> image, ImageShape shape, CorruptionScratch scratch)
    {
        // One pixel is a vector of R, G, B and nothing.
        var coefficients = scratch.Take<Vector128<float>>(shape.PixelCount);
        for (var i = 0; i < coefficients.Length; i++)
            coefficients[i] = Vector128.ConvertToSingle(Vector128.Create(image[3 * i], image[(3 * i) + 1], image[(3 * i) + 2], 0));
        for (var x = 0; x < shape.Width; x++)
            Filter(coefficients[x..], shape.Height, shape.Width);
        for (var y = 0; y < shape.Height; y++)
            Filter(coefficients[(y * shape.Width)..], shape.Width, 1);

        var plane = PaddedPlane.Of(
            MemoryMarshal.Cast<Vector128<float>, float>(coefficients), shape, 4, Around, Border.Reflect101, scratch);
        _origin = ref plane.Values[plane.Origin];
        (_stride, _shape) = (plane.Stride, shape);
    }

    /// <summary>The cubic B-spline at a distance from its middle.</summary>
    public static double Basis(double distance) => distance switch
    {
        < 1 => ((distance * distance * (distance - 2) * 3) + 4) / 6,
        < 2 => (2 - distance) * (2 - distance) * (2 - distance) / 6,
        _ => 0,
    };

    /// <summary>How far the coefficient of a pixel lies from that of the first.</summary>
    public static int Offset(ImageShape shape, int y, int x) => 4 * ((y * (shape.Width + Around.Left + Around.Right)) + x);

    /// <summary>A weighted sum of coefficients: R, G, B and nothing.</summary>
    /// <param name="offsets">From <see cref="Offset"/>.</param>
    /// <param name="weights">As many weights.</param>
    public Vector128<float> Sum(ReadOnlySpan<int> offsets, ReadOnlySpan<float> weights)
    {
        Vector128<float> even = default, odd = default;
        var tap = 0;
        for (; tap < offsets.Length - 1; tap += 2)
        {
            even += weights[tap] * Vector128.LoadUnsafe(ref Unsafe.Add(ref _origin, offsets[tap]));
            odd += weights[tap + 1] * Vector128.LoadUnsafe(ref Unsafe.Add(ref _origin, offsets[tap + 1]));
        }

        return tap < offsets.Length ? even + odd + (weights[tap] * Vector128.LoadUnsafe(ref Unsafe.Add(ref _origin, offsets[tap]))) : even + odd;
    }

    /// <summary>R, G, B and nothing at a place; 0 outside.</summary>
    /// <param name="y">Row.</param>
    /// <param name="x">Column.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> At(double y, double x)
    {
        if (!(y >= 0 && y <= _shape.Height - 1 && x >= 0 && x <= _shape.Width - 1))
            return default;
        var (top, left) = ((int)y, (int)x);
        var down = Horner(
            Vector128.Create((float)(y - top)),
            Vector128.Create(-1f / 6, 3f / 6, -3f / 6, 1f / 6),
            Vector128.Create(3f / 6, -6f / 6, 3f / 6, 0),
            Vector128.Create(-3f / 6, 0, 3f / 6, 0),
            Vector128.Create(1f / 6, 4f / 6, 1f / 6, 0));
        var across = Horner(
            Vector128.Create((float)(x - left)),
            Vector128.Create(-1f / 6, 3f / 6, -3f / 6, 1f / 6),
            Vector128.Create(3f / 6, -6f / 6, 3f / 6, 0),
            Vector128.Create(-3f / 6, 0, 3f / 6, 0),
            Vector128.Create(1f / 6, 4f / 6, 1f / 6, 0));

        // A row of four taps is 16 floats: two halves of two pixels.
        ref var place = ref Unsafe.Add(ref _origin, ((top - 1) * _stride) + (4 * (left - 1)));
        Vector256<float> low = default, high = default;
        for (var row = 0; row < 4; row++)
        {
            var weight = Vector256.Create(down[row]);
            low += weight * Vector256.LoadUnsafe(ref place);
            high += weight * Vector256.LoadUnsafe(ref place, 8);
            place = ref Unsafe.Add(ref place, _stride);
        }

        var pairs = (low * Vector256.Create(Vector128.Create(across[0]), Vector128.Create(across[1])))
            + (high * Vector256.Create(Vector128.Create(across[2]), Vector128.Create(across[3])));
        return pairs.GetLower() + pairs.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Horner(
        Vector128<float> f, Vector128<float> cubic, Vector128<float> square, Vector128<float> linear, Vector128<float> constant) =>
        (((((cubic * f) + square) * f) + linear) * f) + constant;

    // c+[k] = 6 s[k] + z c+[k-1], c[k] = z (c[k+1] - c+[k]); the first as if the mirrored sequence had always gone on.
    private static void Filter(Span<Vector128<float>> values, int count, int step)
    {
        var last = (count - 1) * step;
        var (first, power, back) = (values[0], Pole, MathF.Pow(Pole, 2 * count - 3));
        for (var i = step; i < last; i += step)
        {
            first += values[i] * (power + back);
            power *= Pole;
            back /= Pole;
        }

        first += values[last] * power;
        values[0] = first / (1 - (power * power)) * 6;
        for (var i = step; i <= last; i += step)
            values[i] = (values[i] * 6) + (values[i - step] * Pole);
        values[last] = (values[last] + (values[last - step] * Pole)) * (Pole / ((Pole * Pole) - 1));
        for (var i = last - step; i >= 0; i -= step)
            values[i] = (values[i + step] - values[i]) * Pole;
    }
}
