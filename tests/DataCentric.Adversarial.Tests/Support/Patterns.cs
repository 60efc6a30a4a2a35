using DataCentric.Images;
using DataCentric.Randomness;

namespace DataCentric.Adversarial.Tests.Support;

/// <summary>Small images that a network learns in a second: each class is a wave of its own direction, with random phase and noise.</summary>
internal static class Patterns
{
    public const int Classes = 3;

    public static ImageSet Make(int count, int side = 16, ulong seed = 1)
    {
        var shape = new ImageShape(side, side);
        var pixels = new byte[count * shape.ByteLength];
        var labels = new int[count];
        for (var n = 0; n < count; n++)
        {
            var random = new CounterRandom(seed, (ulong)n, RandomStage.Texture);
            labels[n] = n % Classes;
            var angle = Math.PI * labels[n] / Classes;
            var phase = random.Uniform(0, 2 * Math.PI);
            for (var i = 0; i < shape.ByteLength; i++)
            {
                var (y, x) = (i / ImageShape.Channels / side, i / ImageShape.Channels % side);
                var wave = Math.Sin(((x * Math.Cos(angle)) + (y * Math.Sin(angle))) * 1.2 + phase);
                pixels[(n * shape.ByteLength) + i] = (byte)Math.Clamp(128 + (20 * wave) + random.Normal(0, 12), 0, 255);
            }
        }

        return new(shape, pixels, labels, [.. Enumerable.Range(0, count).Select(n => $"pattern#{n}")]);
    }

    public static ImageSet Slice(ImageSet set, int first, int count) => new(
        set.Shape,
        set.Pixels[(first * set.Shape.ByteLength)..((first + count) * set.Shape.ByteLength)],
        set.Labels[first..(first + count)],
        set.SourceIds[first..(first + count)]);
}
