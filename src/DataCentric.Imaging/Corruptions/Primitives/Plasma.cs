using System.Numerics;
using System.Numerics.Tensors;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// The plasma fractal of ImageNet-C's fog: diamond-square on a torus. From a single 0, each new cell is the mean of its four
/// neighbours, diagonal ones first and then straight ones, plus w U(-w, w), w starting at 100 and divided by the decay at every
/// halving; the end result is shifted and scaled to 0..1.
/// </summary>
internal static class Plasma
{
    private const double FirstWobble = 100;

    /// <summary>Side of the map for an image: the power of two that holds its longer side.</summary>
    public static int Side(ImageShape shape) => (int)BitOperations.RoundUpToPowerOf2((uint)int.Max(shape.Height, shape.Width));

    /// <summary>Draws a map.</summary>
    /// <param name="map">side x side values.</param>
    /// <param name="side">A power of two.</param>
    /// <param name="decay">What the wobble is divided by at every halving.</param>
    /// <param name="random">Draws.</param>
    /// <param name="scratch">Buffers.</param>
    public static void Fill(Span<float> map, int side, double decay, ref CounterRandom random, CorruptionScratch scratch)
    {
        var noise = scratch.Take<float>(side * side);
        var draws = scratch.Take<uint>(side * side);
        random.Fill(draws);
        Uniforms.Symmetric(draws, 1, noise);
        map[0] = 0;
        var (used, wobble, mask) = (1, FirstWobble, side - 1);
        for (var step = side; step >= 2; step /= 2, wobble /= decay)
        {
            var (half, size) = (step / 2, (float)(wobble * wobble));
            for (var y = 0; y < side; y += step)
            {
                var (here, below) = (y * side, ((y + step) & mask) * side);
                for (var x = 0; x < side; x += step)
                {
                    var right = (x + step) & mask;
                    var mean = (map[here + x] + map[below + x] + map[here + right] + map[below + right]) / 4;
                    map[((y + half) * side) + x + half] = mean + (size * noise[used++]);
                }
            }

            for (var y = 0; y < side; y += step)
            {
                var (above, here, middle, below) =
                    (((y - half) & mask) * side, y * side, (y + half) * side, ((y + step) & mask) * side);
                for (var x = 0; x < side; x += step)
                {
                    var (left, centre, right) = ((x - half) & mask, x + half, (x + step) & mask);
                    var top = (map[middle + centre] + map[above + centre] + map[here + x] + map[here + right]) / 4;
                    var edge = (map[middle + centre] + map[middle + left] + map[here + x] + map[below + x]) / 4;
                    map[here + centre] = top + (size * noise[used++]);
                    map[middle + x] = edge + (size * noise[used++]);
                }
            }
        }

        TensorPrimitives.Subtract(map, TensorPrimitives.Min<float>(map), map);
        TensorPrimitives.Divide(map, TensorPrimitives.Max<float>(map), map);
    }
}
