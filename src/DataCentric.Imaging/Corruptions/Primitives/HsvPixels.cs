using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// Changes saturation and value of pixels in the hexcone HSV model, four at a time in double, operation by operation as skimage
/// does it, so that the bytes are those of the reference: S = clip(S f + s), V = clip(V + v), floor8(255 rgb).
/// </summary>
internal static class HsvPixels
{
    private const int Lanes = 4;

    /// <summary>Changes an image.</summary>
    /// <param name="source">3 N bytes.</param>
    /// <param name="destination">3 N bytes.</param>
    /// <param name="factor">f.</param>
    /// <param name="shift">s.</param>
    /// <param name="brighter">v.</param>
    public static void Apply(ReadOnlySpan<byte> source, Span<byte> destination, double factor, double shift, double brighter)
    {
        Span<double> planes = stackalloc double[3 * Lanes];
        planes.Clear();
        for (var i = 0; i < source.Length; i += 3 * Lanes)
        {
            // The last pixels may be fewer than four; the other lanes then hold what they held before.
            var pixels = int.Min(Lanes, (source.Length - i) / 3);
            var from = source.Slice(i, 3 * pixels);
            for (var pixel = 0; pixel < pixels; pixel++)
            {
                planes[pixel] = from[3 * pixel];
                planes[Lanes + pixel] = from[(3 * pixel) + 1];
                planes[(2 * Lanes) + pixel] = from[(3 * pixel) + 2];
            }

            Four(planes, factor, shift, brighter);
            var to = destination.Slice(i, 3 * pixels);
            for (var pixel = 0; pixel < pixels; pixel++)
            {
                to[3 * pixel] = (byte)planes[pixel];
                to[(3 * pixel) + 1] = (byte)planes[Lanes + pixel];
                to[(3 * pixel) + 2] = (byte)planes[(2 * Lanes) + pixel];
            }
        }
    }

    private static void Four(Span<double> planes, double factor, double shift, double brighter)
    {
        ref var first = ref MemoryMarshal.GetReference(planes);
        var (zero, one, full) = (Vector256<double>.Zero, Vector256<double>.One, Vector256.Create(255.0));
        var red = Vector256.LoadUnsafe(ref first) / full;
        var green = Vector256.LoadUnsafe(ref first, Lanes) / full;
        var blue = Vector256.LoadUnsafe(ref first, 2 * Lanes) / full;

        var value = Vector256.MaxNative(red, Vector256.MaxNative(green, blue));
        var range = value - Vector256.MinNative(red, Vector256.MinNative(green, blue));
        var grey = Vector256.Equals(range, zero);
        var divisor = Vector256.ConditionalSelect(grey, one, range);

        // Where two channels are the largest, the later one decides.
        var sixths = (green - blue) / divisor;
        sixths = Vector256.ConditionalSelect(Vector256.Equals(green, value), ((blue - red) / divisor) + Vector256.Create(2.0), sixths);
        sixths = Vector256.ConditionalSelect(Vector256.Equals(blue, value), ((red - green) / divisor) + Vector256.Create(4.0), sixths);
        var hue = sixths / Vector256.Create(6.0);
        hue = Vector256.ConditionalSelect(grey, zero, hue - Vector256.Floor(hue)) * 6.0;
        var saturation = Vector256.ConditionalSelect(grey, zero, range / Vector256.ConditionalSelect(grey, one, value));

        saturation = Vector256.MinNative(Vector256.MaxNative((saturation * factor) + Vector256.Create(shift), zero), one);
        value = Vector256.MinNative(Vector256.MaxNative(value + Vector256.Create(brighter), zero), one);

        var sector = Vector256.Floor(hue);
        var fraction = hue - sector;
        var p = value * (one - saturation);
        var q = value * (one - (fraction * saturation));
        var t = value * (one - ((one - fraction) * saturation));
        Select(sector, value, q, p, p, t, value).StoreUnsafe(ref first);
        Select(sector, t, value, value, q, p, p).StoreUnsafe(ref first, Lanes);
        Select(sector, p, p, t, value, value, q).StoreUnsafe(ref first, 2 * Lanes);
    }

    // The value for sector 0 to 5, times 255; sector 6, which rounding can make, is sector 0.
    private static Vector256<double> Select(
        Vector256<double> sector,
        Vector256<double> zeroth,
        Vector256<double> first,
        Vector256<double> second,
        Vector256<double> third,
        Vector256<double> fourth,
        Vector256<double> fifth)
    {
        var value = Vector256.ConditionalSelect(Vector256.Equals(sector, Vector256.Create(1.0)), first, zeroth);
        value = Vector256.ConditionalSelect(Vector256.Equals(sector, Vector256.Create(2.0)), second, value);
        value = Vector256.ConditionalSelect(Vector256.Equals(sector, Vector256.Create(3.0)), third, value);
        value = Vector256.ConditionalSelect(Vector256.Equals(sector, Vector256.Create(4.0)), fourth, value);
        value = Vector256.ConditionalSelect(Vector256.Equals(sector, Vector256.Create(5.0)), fifth, value);
        return value * 255;
    }
}
