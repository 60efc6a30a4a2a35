using DataCentric.Attacks;

namespace DataCentric.Adversarial.Tests.Support;

/// <summary>Two small surrogates, trained once for all tests that attack.</summary>
internal static class TrainedSurrogates
{
    private static readonly string[] Names = ["vgg_compact", "densenet_compact"];
    private static readonly Lazy<byte[][]> Files = new(() => [.. Names.Select(Train)]);

    // No mirror: it would turn the second class into the third.
    public static SurrogateOptions Options { get; } = new() { Architectures = Names, Epochs = 4, BatchSize = 20, CropPadding = 2, Flip = false };

    public static byte[][] Bytes => Files.Value;

    public static IEnsemble Load() => Load(Bytes);

    public static IEnsemble Load(params byte[][] files) =>
        new TorchAdversary().Load([.. files.Select(file => (Stream)new MemoryStream(file))], new(16, 16), Patterns.Classes);

    public static AttackBatch Batch(int count = 6, ulong runSeed = 11) =>
        new(Patterns.Make(count, seed: 99), [.. Enumerable.Range(0, count).Select(n => (ulong)n)], runSeed);

    private static byte[] Train(string architecture)
    {
        using var file = new MemoryStream();
        new TorchAdversary().Train(new(architecture, Patterns.Make(240), Patterns.Classes, 5, Options), file, null, CancellationToken.None);
        return file.ToArray();
    }
}
