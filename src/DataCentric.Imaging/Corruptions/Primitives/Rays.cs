using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// Light that goes out from a point in rays (Mintun, Kirillov and Xie 2021, imagenet_c_bar/corrupt.py): with t the place between two of
/// the rays, 0 to 1, l the length between theirs and r the distance, f = (1 - (t - 1/2)^2) (l^2 / (r^2 + 10^-4))^e, at most 1.
/// </summary>
internal static class Rays
{
    // atan x, |x| up to tan(pi/8), of the Cephes library (Moshier 1992).
    private static ReadOnlySpan<float> ArcTangentSeries => [8.05374449538e-2f, -1.38776856032e-1f, 1.99777106478e-1f, -3.33329491539e-1f];

    /// <summary>Draws the lengths of rays: normal.</summary>
    /// <param name="count">Number of rays.</param>
    /// <param name="mean">Mean length in pixels.</param>
    /// <param name="deviation">Deviation in pixels.</param>
    /// <param name="random">Draws.</param>
    /// <param name="scratch">Buffers.</param>
    public static Span<float> Draw(int count, double mean, double deviation, ref CounterRandom random, CorruptionScratch scratch)
    {
        var lengths = scratch.Take<float>(count);
        Normals.Fill(ref random, lengths, (float)mean, (float)deviation, scratch);
        return lengths;
    }

    /// <summary>The light at every pixel.</summary>
    /// <param name="shape">Height and width.</param>
    /// <param name="centre">Row and column of the point.</param>
    /// <param name="rays">Lengths of the rays in pixels, counted from the direction of falling rows.</param>
    /// <param name="exponent">e.</param>
    /// <param name="light">Receives H x W values 0 to 1.</param>
    /// <param name="scratch">Buffers.</param>
    public static void Shine(
        ImageShape shape, (double Y, double X) centre, ReadOnlySpan<float> rays, double exponent, Span<float> light, CorruptionScratch scratch)
    {
        var mark = scratch.Remember();
        var turns = scratch.Take<float>(shape.Width + Vector256<float>.Count);
        var squares = scratch.Take<float>(turns.Length);

        // A full turn is the first ray again.
        var lengths = scratch.Take<float>(rays.Length + 2);
        rays.CopyTo(lengths);
        (lengths[rays.Length], lengths[rays.Length + 1]) = (rays[0], rays[1 % rays.Length]);
        for (var y = 0; y < shape.Height; y++)
        {
            Polar((float)(y - centre.Y), (float)centre.X, shape.Width, turns, squares);
            var row = light.Slice(y * shape.Width, shape.Width);
            for (var x = 0; x < row.Length; x++)
            {
                var place = turns[x] * rays.Length;
                var ray = int.Min((int)place, rays.Length);
                var between = place - ray;
                var length = lengths[ray] + (between * (lengths[ray + 1] - lengths[ray]));
                var strength = length * length / squares[x];
                if (exponent != 1)
                    strength = MathF.Pow(strength, (float)exponent);
                row[x] = Math.Min((1 - ((between - 0.5f) * (between - 0.5f))) * strength, 1);
            }
        }

        scratch.Release(mark);
    }

    // Directions as parts of a turn, (atan2(dx, dy) + pi) / 2 pi, and dx^2 + dy^2 + 10^-4.
    private static void Polar(float dy, float centreX, int width, Span<float> turns, Span<float> squares)
    {
        var down = Vector256.Create(dy);
        for (var x = 0; x < width; x += Vector256<float>.Count)
        {
            var across = Vector256.ConvertToSingle(Vector256.CreateSequence(x, 1)) - Vector256.Create(centreX);
            var (h, v) = (Vector256.Abs(across), Vector256.Abs(down));
            var angle = ArcTangent(Vector256.Min(h, v) / Vector256.Max(Vector256.Max(h, v), Vector256.Create(1e-30f)));
            angle = Vector256.ConditionalSelect(Vector256.GreaterThan(h, v), Vector256.Create(MathF.PI / 2) - angle, angle);
            angle = Vector256.ConditionalSelect(Vector256.LessThan(down, Vector256<float>.Zero), Vector256.Create(MathF.PI) - angle, angle);
            angle = Vector256.ConditionalSelect(Vector256.LessThan(across, Vector256<float>.Zero), -angle, angle);
            ((angle + Vector256.Create(MathF.PI)) * (0.5f / MathF.PI)).CopyTo(turns[x..]);
            ((across * across) + (down * down) + Vector256.Create(1e-4f)).CopyTo(squares[x..]);
        }
    }

    // Of 0 to 1: above tan(pi/8), atan x = pi/4 + atan((x - 1) / (x + 1)).
    private static Vector256<float> ArcTangent(Vector256<float> x)
    {
        var large = Vector256.GreaterThan(x, Vector256.Create(0.4142135623730950f));
        var reduced = Vector256.ConditionalSelect(large, (x - Vector256<float>.One) / (x + Vector256<float>.One), x);
        var square = reduced * reduced;
        var series = Vector256<float>.Zero;
        foreach (var coefficient in ArcTangentSeries)
            series = (series * square) + Vector256.Create(coefficient);
        var angle = (series * square * reduced) + reduced;
        return Vector256.ConditionalSelect(large, angle + Vector256.Create(MathF.PI / 4), angle);
    }
}
