namespace DataCentric.Pipeline.Evaluation.TestSets;

/// <summary>What there is to know of test sets P: <c>testset.json</c>. Written last: where it lies, they are whole.</summary>
public sealed record TestSetRecord
{
    /// <summary>Version of this file's layout.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>Hash of everything the bytes depend on: options, clean test images, training data, attackers.</summary>
    public required string Identity { get; init; }

    /// <summary>Hash of P: SHA-256 over the hashes of its files.</summary>
    public required string Sha256 { get; init; }

    /// <summary>How it was made; where nothing is said of the corruptions' constants they are those of CIFAR-10-C.</summary>
    public required TestSetOptions Options { get; init; }

    /// <summary>Images in each of the three parts.</summary>
    public required int Count { get; init; }

    /// <summary>Shape of every image.</summary>
    public required ImageShape Shape { get; init; }

    /// <summary>Names of the classes, in label order.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Hash of the clean test images' files.</summary>
    public required string DatasetSha256 { get; init; }

    /// <summary>Hashes of the training sets that were searched for test images.</summary>
    public required IReadOnlyList<string> TrainingSha256 { get; init; }

    /// <summary>The held-out networks.</summary>
    public required IReadOnlyList<TrainedModel> Attackers { get; init; }

    /// <summary>How strong the attack was; null in test sets made before it was measured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AttackStrength? Strength { get; init; }

    /// <summary>Images of the attacked part, by attack.</summary>
    public required IReadOnlyDictionary<string, int> Attacks { get; init; }

    /// <summary>Images of the corrupted part, by kind of corruption.</summary>
    public required IReadOnlyDictionary<string, int> Kinds { get; init; }

    /// <summary>Test images that the training data hold, too.</summary>
    public required LeakReport Leaks { get; init; }

    /// <summary>What computed the attacks.</summary>
    public required string Device { get; init; }

    /// <summary>Files with their hashes.</summary>
    public required IReadOnlyList<StoredFile> Files { get; init; }

    /// <summary>What a score needs to know of them.</summary>
    public TestSetSummary ToSummary() => new(Sha256, Count, Options.Protocol, Attackers, Strength);
}

/// <summary>Test sets in short.</summary>
/// <param name="Sha256">Hash of the test sets.</param>
/// <param name="Count">Images in each of the three parts.</param>
/// <param name="Protocol">Whether test images may have been used for training.</param>
/// <param name="Attackers">The held-out networks.</param>
/// <param name="Strength">How strong the attack was; null in test sets made before it was measured.</param>
public sealed record TestSetSummary(
    string Sha256,
    int Count,
    TestProtocol Protocol,
    IReadOnlyList<TrainedModel> Attackers,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AttackStrength? Strength = null);

/// <summary>Names of parts and files of test sets.</summary>
internal static class TestSetFiles
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
