using DataCentric.Randomness;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DataCentric.Adversarial.Attack;

/// <summary>
/// Block shuffle and rotation (BSR; Wang et al. 2024, CVPR; TransferAttack's bsr.py): the image is cut along one axis, drawn, into two
/// strips, which change places at random and are rotated about their centres by up to 24 degrees; each is cut along the other axis into
/// two blocks, which change places at random. A strip is at least a pixel wide. What a rotation brings in from outside of a strip is black.
/// </summary>
internal sealed class BlockShuffle : IInputVariation
{
    private const double MostDegrees = 24;
    private const float Outside = -3; // in the units of grid_sample, where the image spans -1 to 1

    private readonly float[] _sources; // H x W places (x, y) that the result is read from, -1 to 1 over the image's edges
    private readonly ImageShape _shape;

    private BlockShuffle(float[] sources, ImageShape shape) => (_sources, _shape) = (sources, shape);

    /// <summary>Draws cuts, orders and angles.</summary>
    /// <param name="random">The draws.</param>
    /// <param name="shape">Shape of the images, at least 2 x 2.</param>
    public static BlockShuffle Draw(ref CounterRandom random, ImageShape shape)
    {
        var rowsFirst = random.Chance(0.5);
        var (length, breadth) = rowsFirst ? (shape.Height, shape.Width) : (shape.Width, shape.Height);
        var sources = new float[shape.Height * shape.Width * 2];
        foreach (var strip in Shuffled(ref random, length))
        {
            var turn = Math.PI / 180 * MostDegrees * ((2 * random.NextDouble()) - 1);
            var (sine, cosine) = Math.SinCos(turn);
            foreach (var block in Shuffled(ref random, breadth))
            {
                for (var along = 0; along < strip.Length; along++)
                {
                    for (var across = 0; across < block.Length; across++)
                    {
                        // About the strip's centre, in pixels: where the turned strip has its value from.
                        var u = along - ((strip.Length - 1) / 2.0);
                        var v = block.From + across - ((breadth - 1) / 2.0);
                        var fromU = (cosine * u) - (sine * v) + ((strip.Length - 1) / 2.0);
                        var fromV = (sine * u) + (cosine * v) + ((breadth - 1) / 2.0);
                        var inside = fromU > -1 && fromU < strip.Length && fromV > -1 && fromV < breadth;
                        var to = Place(rowsFirst, strip.To + along, block.To + across, shape.Width);
                        (sources[to], sources[to + 1]) = !inside ? (Outside, Outside)
                            : rowsFirst ? (Unit(fromV, shape.Width), Unit(strip.From + fromU, shape.Height))
                            : (Unit(strip.From + fromU, shape.Width), Unit(fromV, shape.Height));
                    }
                }
            }
        }

        return new(sources, shape);
    }

    /// <inheritdoc/>
    public Tensor Apply(Tensor pixels)
    {
        var grid = tensor(_sources, [1, _shape.Height, _shape.Width, 2], device: pixels.device).expand(pixels.shape[0], -1, -1, -1);
        return functional.grid_sample(pixels, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Zeros, align_corners: false);
    }

    private static int Place(bool rowsFirst, int along, int across, int width) => 2 * (rowsFirst ? (along * width) + across : (across * width) + along);

    // The pixel's centre in the units of grid_sample with corners not aligned.
    private static float Unit(double pixel, int side) => (float)((((2 * pixel) + 1) / side) - 1);

    // Two parts of an axis, the cut anywhere, in an order drawn.
    private static Part[] Shuffled(ref CounterRandom random, int length)
    {
        var cut = 1 + random.Below(length - 1);
        return random.Chance(0.5)
            ? [new(0, 0, cut), new(cut, cut, length - cut)]
            : [new(0, length - cut, cut), new(cut, 0, length - cut)];
    }

    private readonly record struct Part(int From, int To, int Length);
}
