using DataCentric.Images;
using DataCentric.Imaging.Formats;
using DataCentric.Randomness;

namespace DataCentric.Pipeline.Tests.Evaluation;

/// <summary>Noisy images whose brightness is their class, as npy pairs.</summary>
internal static class ScoringData
{
    public const int Classes = 4;
    public const int LevelsPerClass = 50;

    /// <summary>First byte of an enhanced set.</summary>
    public const byte Mark = 201;

    /// <summary>First byte of an attacked image.</summary>
    public const byte AttackMark = 202;

    private static readonly ImageShape Shape = new(8, 8);

    /// <summary>Images of their own for each seed.</summary>
    public static ImageSet Make(int count, ulong seed, int classes = Classes)
    {
        var labels = Enumerable.Range(0, count).Select(n => n % classes).ToArray();
        var pixels = new byte[count * Shape.ByteLength];
        for (var n = 0; n < count; n++)
        {
            var random = new CounterRandom(seed, (ulong)n, RandomStage.Texture);
            foreach (ref var value in pixels.AsSpan(n * Shape.ByteLength, Shape.ByteLength))
                value = (byte)Math.Max(0, (labels[n] * LevelsPerClass) + random.Below(31) - 15);
        }

        return new(Shape, pixels, labels, [.. Enumerable.Range(0, count).Select(n => $"{seed}#{n}")]);
    }

    /// <summary>Writes a set into a folder.</summary>
    public static string Write(string folder, ImageSet images, int classes = Classes)
    {
        Directory.CreateDirectory(folder);
        using var data = File.Create(Path.Combine(folder, "data.npy"));
        using var labels = File.Create(Path.Combine(folder, "label.npy"));
        var writer = new NpyPairWriter(data, labels, images.Count, images.Shape, classes);
        writer.Write(images);
        writer.Complete();
        return folder;
    }

    /// <summary>A set as it is after enhancing.</summary>
    public static ImageSet Enhance(ImageSet raw)
    {
        var pixels = raw.Pixels.ToArray();
        pixels[0] = Mark;
        return new(raw.Shape, pixels, raw.Labels, raw.SourceIds);
    }
}
