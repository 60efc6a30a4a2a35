namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// An affine map of an image as OpenCV's warpAffine applies it: out(p) = in(M^-1 p), linear between pixels at places rounded to
/// 1/32, REFLECT_101 outside.
/// </summary>
internal readonly record struct AffineMap(double XX, double XY, double X0, double YX, double YY, double Y0)
{
    /// <summary>
    /// CIFAR-10-C's random map: three corners of a square about the middle, a third of the shorter side away, are each moved by
    /// U(-reach, reach) in x and y; this is the way back from the moved corners to the old ones.
    /// </summary>
    public static AffineMap Random(ImageShape shape, double reach, ref CounterRandom random)
    {
        var (middleX, middleY, away) = (shape.Width / 2, shape.Height / 2, int.Min(shape.Height, shape.Width) / 3);
        ReadOnlySpan<(int X, int Y)> corners =
            [(middleX + away, middleY + away), (middleX + away, middleY - away), (middleX - away, middleY - away)];
        Span<(double X, double Y)> moved = stackalloc (double, double)[3];
        for (var i = 0; i < 3; i++)
            moved[i] = (corners[i].X + random.Uniform(-reach, reach), corners[i].Y + random.Uniform(-reach, reach));

        // Solve for the map that takes moved[i] to corners[i]: differences give the linear part.
        var (ax, ay) = (moved[1].X - moved[0].X, moved[1].Y - moved[0].Y);
        var (bx, by) = (moved[2].X - moved[0].X, moved[2].Y - moved[0].Y);
        var (px, py) = (corners[1].X - corners[0].X, corners[1].Y - corners[0].Y);
        var (qx, qy) = (corners[2].X - corners[0].X, corners[2].Y - corners[0].Y);
        var area = (ax * by) - (ay * bx);
        var (xx, xy) = (((px * by) - (qx * ay)) / area, ((qx * ax) - (px * bx)) / area);
        var (yx, yy) = (((py * by) - (qy * ay)) / area, ((qy * ax) - (py * bx)) / area);
        return new(
            xx,
            xy,
            corners[0].X - (xx * moved[0].X) - (xy * moved[0].Y),
            yx,
            yy,
            corners[0].Y - (yx * moved[0].X) - (yy * moved[0].Y));
    }

    /// <summary>Applies the map, given as the way back from output to input.</summary>
    /// <param name="input">H x W x 3 values and one more.</param>
    /// <param name="output">H x W x 3 values and one more.</param>
    /// <param name="shape">Height and width.</param>
    /// <param name="scratch">Buffers.</param>
    public void Apply(ReadOnlySpan<float> input, Span<float> output, ImageShape shape, CorruptionScratch scratch)
    {
        const float Steps = 32;
        var fromX = scratch.Take<float>(shape.Width);
        var fromY = scratch.Take<float>(shape.Width);
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x++)
            {
                fromX[x] = MathF.Round((float)((XX * x) + (XY * y) + X0) * Steps) / Steps;
                fromY[x] = MathF.Round((float)((YX * x) + (YY * y) + Y0) * Steps) / Steps;
            }

            LinearSample.Pixels(input, shape, fromY, fromX, Border.Reflect101, output[(3 * y * shape.Width)..]);
        }
    }
}
