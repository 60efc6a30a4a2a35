using DataCentric.Images;
using DataCentric.Imaging.Formats;
using DataCentric.Randomness;

namespace DataCentric.Benchmarks.Attack;

/// <summary>Data sets of the measurements, and work shared out to threads.</summary>
internal static class Sets
{
    public static double Accuracy(float[] logits, int[] labels)
    {
        var classes = logits.Length / labels.Length;
        return 100.0 * labels.Where((label, n) => Enumerable.Range(0, classes).MaxBy(k => logits[(n * classes) + k]) == label).Count() / labels.Length;
    }

    public static (ImageSet Images, int Classes) Read(string path, int skip, int limit)
    {
        using var reader = ImageSource.Open(path);
        reader.Skip(skip);
        return (reader.Read(limit), reader.Info.Classes.Count);
    }

    public static ImageSet Slice(ImageSet set, int first, int count) => new(
        set.Shape,
        set.Pixels[(first * set.Shape.ByteLength)..((first + count) * set.Shape.ByteLength)],
        set.Labels[first..(first + count)],
        set.SourceIds[first..(first + count)]);

    public static void Share(int workers, int count, Action<int> work)
    {
        var next = -1;
        var threads = Enumerable.Range(0, workers).Select(_ => new Thread(() =>
        {
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
                work(i);
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
    }

    public static ImageSet Noise(int count, ImageShape shape, int classes)
    {
        var random = new CounterRandom(1, 0, RandomStage.Texture);
        var pixels = new byte[count * shape.ByteLength];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)random.NextUInt32();
        return new(shape, pixels, [.. Enumerable.Range(0, count).Select(n => n % classes)], [.. Enumerable.Repeat("noise", count)]);
    }
}
