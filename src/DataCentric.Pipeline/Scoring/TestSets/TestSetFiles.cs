namespace DataCentric.Pipeline.Scoring.TestSets;

/// <summary>Names of parts and files of test sets.</summary>
public static class TestSetFiles
{
    /// <summary>The clean images.</summary>
    public const string Original = "ori";

    /// <summary>The attacked images.</summary>
    public const string Adversarial = "adv";

    /// <summary>The corrupted images.</summary>
    public const string Corrupted = "cor";

    /// <summary>See <see cref="TestSetRecord"/>.</summary>
    public const string Record = "testset.json";

    /// <summary>One <see cref="TestSampleEntry"/> a line.</summary>
    public const string Manifest = "manifest.jsonl";

    /// <summary>The parts in order.</summary>
    public static IReadOnlyList<string> Parts { get; } = [Original, Adversarial, Corrupted];

    /// <summary>Pixels of a part: uint8 (N, H, W, 3).</summary>
    public static string Data(string part) => $"{part}/data.npy";

    /// <summary>Labels of a part: float32 (N, K), one-hot.</summary>
    public static string Label(string part) => $"{part}/label.npy";
}
