using System.ComponentModel.DataAnnotations;
using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Reading;

namespace DataCentric.Pipeline.Evaluation.TestSets;

/// <summary>Which test sets are wanted.</summary>
/// <param name="Dataset">Clean test images.</param>
/// <param name="Training">Training sets that the test images are looked for in; held-out networks are trained on the first.</param>
/// <param name="Options">How they are made.</param>
public sealed record TestSetRequest(string Dataset, IReadOnlyList<string> Training, TestSetOptions Options)
{
    /// <summary>Model files of held-out networks; empty where they are to be trained.</summary>
    public IReadOnlyList<string> Attackers { get; init; } = [];
}

/// <summary>How the test sets (ori, adv, cor) are made from clean test images.</summary>
public sealed record TestSetOptions
{
    /// <summary>The default options.</summary>
    public TestSetOptions()
    {
    }

    /// <summary>Options as records hold them: what is not named there is as it was before there was a choice.</summary>
    /// <param name="unseenCorruptions">See <see cref="UnseenCorruptions"/>.</param>
    [JsonConstructor]
    internal TestSetOptions(bool unseenCorruptions) => UnseenCorruptions = unseenCorruptions;

    /// <summary>How images become those of the sets; a part is one of the test images, training sets have their usual one. Default: as they are.</summary>
    [Options]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ReadingOptions Reading { get; init; }

    /// <summary>Seed of everything random. Default 0.</summary>
    [Option("Seed of everything random.")]
    public ulong Seed { get; init; }

    /// <summary>Take only so many test images, drawn at random; each of the three parts has as many. Default null: all.</summary>
    [Range(1, int.MaxValue)]
    [Option("Take only N samples, drawn at random.", Default = "all")]
    public int? Limit { get; init; }

    /// <summary>Whether test images may have been used for training. Default clean.</summary>
    [Option("clean: test images must not be in the training data; paper: they may.")]
    public TestProtocol Protocol { get; init; } = TestProtocol.Clean;

    /// <summary>What is done about leaks. Default stop.</summary>
    [Option("What to do about test images that the training data hold, too.")]
    public LeakPolicy Leaks { get; init; } = LeakPolicy.Stop;

    /// <summary>
    /// Names of <see cref="AttackProfile"/>s, kept as <see cref="AttackProfile.StoredName"/> has them; each attacks an equal share of the attacked part.
    /// Default compact (the transfer attack: momentum, smoothing, input diversity, logit loss), pgd, bsr.
    /// </summary>
    [MinLength(1)]
    [Option("Attack profiles, equal shares each.")]
    public IReadOnlyList<string> Attacks
    {
        get;
        init => field = [.. (value ?? []).Select(name => AttackProfiles.Find(name)?.StoredName ?? name)];
    }
    = [AttackProfiles.Compact.Name, AttackProfiles.Pgd.Name, AttackProfiles.Bsr.Name];

    /// <summary>
    /// The held-out networks that attack, and how they are trained on the first training set where none are imported. Default three
    /// families, resnet20, vgg_compact and densenet_compact, trained for 30 epochs and 3,000 steps at least, so that they have
    /// converged: a network that is half trained attacks with features that other networks do not have.
    /// </summary>
    [Option("Held-out networks to train, separated by commas.", Of = nameof(SurrogateOptions.Architectures), Name = "attacker-architectures")]
    [Option("Epochs each of them is trained for.", Of = nameof(SurrogateOptions.Epochs), Name = "attacker-epochs", Default = "30, or more on a small set")]
    public SurrogateOptions Attackers { get; init; } = new()
    {
        Architectures = ["resnet20", "vgg_compact", "densenet_compact"],
        Epochs = 30,
        MinimumSteps = 3000,
        TrainingPrecision = TrainingPrecision.Auto,
    };

    /// <summary>
    /// A network that is trained on the first training set in the ordinary way and takes no part in the attack: how far it falls tells how
    /// strong the attacked part is. Default preactresnet_compact. Null: the strength is not measured.
    /// </summary>
    [MinLength(1)]
    [Option("Network trained on the first training set to see how far it falls.", Value = "NAME")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RawNetwork { get; init; } = "preactresnet_compact";

    /// <summary>
    /// Whether half of the corrupted part has kinds that no recipe corrupts by (CIFAR-10-C-bar), so that the score tells what carries over
    /// from what was trained on. Default true. False: all of it has the kinds of CIFAR-10-C.
    /// </summary>
    [Option("Half of the corrupted part has kinds that enhance does not use unless they are named (CIFAR-10-C-bar): true or false.", Name = "unseen-corruptions")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool UnseenCorruptions { get; init; } = true;

    /// <summary>Constants of the 19 kinds of the corrupted part. Default auto.</summary>
    [Option("Constants of the corrupted part's 19 kinds: those of CIFAR-10-C, of ImageNet-C, or auto: ImageNet-C's where the shorter side has 64 pixels or more.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TestCorruptions Corruptions { get; init; }

    /// <summary>The same options for images of a size, with the constants that are taken for them.</summary>
    /// <param name="shape">Shape of every image.</param>
    internal TestSetOptions For(ImageShape shape) => this with
    {
        // Where CIFAR-10-C's are taken nothing is said, so that test sets from before there was a choice are found again.
        Corruptions = Corruptions == TestCorruptions.Imagenet || (Corruptions == TestCorruptions.Auto && StemHalvings.Of(shape) > 0) ? TestCorruptions.Imagenet : TestCorruptions.Auto,
    };

    /// <summary>Name of the set of corruptions that options name once they are made for a size, as records hold them.</summary>
    [JsonIgnore]
    public string CorruptionSet => Corruptions == TestCorruptions.Imagenet ? CorruptionCatalog.ImageNet : CorruptionCatalog.Cifar;

    /// <summary>Checks every value.</summary>
    /// <exception cref="InputException">A value is out of range, or there is no attack of a name.</exception>
    public TestSetOptions Validated()
    {
        OptionsCheck.Validated(this);
        OptionsCheck.Validated(Attackers);
        foreach (var attack in Attacks)
            _ = AttackProfiles.Get(attack);
        return Attacks.Distinct().Count() == Attacks.Count ? this : throw new InputException("Attacks: each may be named once.");
    }
}

/// <summary>Where the constants of the 19 kinds come from.</summary>
public enum TestCorruptions
{
    /// <summary>By the size of the images: CIFAR-10-C below 64 pixels, ImageNet-C from there on.</summary>
    Auto,

    /// <summary>CIFAR-10-C, made for 32 x 32 pixels; faint on large images.</summary>
    Cifar,

    /// <summary>ImageNet-C, made for 224 x 224 pixels.</summary>
    Imagenet,
}

/// <summary>Whether test images may have been used for training.</summary>
public enum TestProtocol
{
    /// <summary>They must not: images that the training data hold, too, are a fault.</summary>
    Clean,

    /// <summary>They may, as in the paper, whose pool of training images holds most of the test images; matches are counted only.</summary>
    Paper,
}
