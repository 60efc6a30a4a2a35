using System.ComponentModel.DataAnnotations;
using System.Reflection;
using DataCentric.Imaging.Reading;

namespace DataCentric.Pipeline.Model;

/// <summary>What a user asks for. Two requests that agree in everything but <see cref="ShardSize"/>, <see cref="MaxFailedShards"/>, <see cref="Formats"/>,
/// <see cref="Folder"/>, <see cref="Name"/>, <see cref="License"/>, <see cref="DataVersion"/> and <see cref="Score"/> give the same set.</summary>
public sealed record EnhancementRequest
{
    private const int UsualKindCandidates = 4; // few, so that kinds that are always hard do not push out all others
    private const string WrongName = "A name is 1 to 100 visible characters of one line.";

    /// <summary>Identifier of the run, 1 to 64 characters of a-z, 0-9 and '-'; names its folder in the store.</summary>
    [Required]
    [RegularExpression("^[a-z0-9][a-z0-9-]{0,63}$", ErrorMessage = "A run id is 1 to 64 characters of a-z, 0-9 and '-'.")]
    public required string RunId { get; init; }

    /// <summary>Where the data set lies: a path, or a name below <c>datasets/</c> in the store.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "name the data set.")]
    [Option(
        "The data set: CIFAR binary or python, npy pair, npz, IDX (MNIST family), a folder with one folder for each class, an archive of these, or blobs by address or connection string.",
        Value = "PATH", Default = "")]
    public required string Dataset { get; init; }

    /// <summary>How its images become those of the set. Default: as they are.</summary>
    [Options]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] // Runs from before there was a choice keep their id.
    public ReadingOptions Reading { get; init; }

    /// <summary>Seed of everything random. Default 0.</summary>
    [Option("Seed of everything random.")]
    public ulong Seed { get; init; }

    /// <summary>Shares of clean, adversarial and corrupted samples. Default 0:1:4 (paper).</summary>
    [Option("Shares clean:adversarial:corrupted.", Value = "A:B:C", Default = "1:2:2; 9:10:6 for kanra, 0:1:4 for the other profiles")]
    public Split Split { get; init; } = Split.Paper;

    /// <summary>By what samples get their roles, and corrupted ones their kind. Default random (paper).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] // Runs from before there was a choice keep their id.
    [Option("By what images get their role and their kind of corruption: chance, or how unsure the surrogates are of them.", Default = "random; entropy for kanra")]
    public SelectionRule Selection { get; init; }

    /// <summary>Whether each class has its share of each role where <see cref="Selection"/> is by scores; elsewhere without effect. Default
    /// none; profiles choose classes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] // Runs from before there was a choice keep their id.
    [Option("Where images are chosen by scores: whether each class is ranked by itself and has its share of each role.", Default = "classes")]
    public SelectionBalance SelectionBalance { get; init; }

    /// <summary>Kinds of corruption that are tried on each sample where <see cref="Selection"/> is by scores. Default null: 4, or all where there are fewer.</summary>
    [Range(1, 255)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] // Runs from before there was a choice keep their id.
    [Option("Where images are chosen by scores: kinds of corruption that are tried on each, of which it gets the one that leaves the surrogates least sure.", Default = "4")]
    public int? KindCandidates { get; init; }

    /// <summary><see cref="KindCandidates"/>, or what is usual.</summary>
    [JsonIgnore]
    public int MostKindCandidates => KindCandidates ?? UsualKindCandidates;

    /// <summary>What the labels become. Default source: they stay (paper).</summary>
    [Option("Labels: those of the source, or half of each what the surrogates see in the clean image.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public LabelRule Labels { get; init; }

    /// <summary>Whether the surrogates are asked about every sample before roles are shared out.</summary>
    [JsonIgnore]
    public bool AsksSurrogates => Selection != SelectionRule.Random || Labels == LabelRule.Distilled;

    /// <summary>Take only this many samples, drawn at random with the run's seed; null takes all. Default null.</summary>
    [Range(1, int.MaxValue)]
    [Option("Take only N samples, drawn at random.", Default = "all")]
    public int? Limit { get; init; }

    /// <summary>Switches of the attack. Default: profile <c>compact</c>.</summary>
    [Options(HasDefaults = false)]
    public AttackOptions Attack { get; init; } = AttackProfiles.Compact.Attack;

    /// <summary>The ensemble and how it is trained. Default: profile <c>compact</c>.</summary>
    [Option("Networks of the ensemble, separated by commas.", Of = nameof(SurrogateOptions.Architectures), Name = "architectures", Default = "")]
    [Option("Epochs each surrogate is trained for.", Of = nameof(SurrogateOptions.Epochs), Name = "surrogate-epochs", Default = "24, or more on a small set; other profiles have their own")]
    public SurrogateOptions Surrogates { get; init; } = AttackProfiles.Compact.Surrogates;

    /// <summary>
    /// Networks to attack with instead of training <see cref="Surrogates"/>: names in the model store as <see cref="ImportedModel.NameOf"/>
    /// gives them, in ensemble order. Default null.
    /// </summary>
    [Option("Model files to attack with, as written by train or import, instead of networks trained on the data set.", Value = "MODEL", Several = true, Default = "none: --architectures are trained")]
    public IReadOnlyList<string>? SurrogateModels { get; init; }

    /// <summary>
    /// Networks that training begins with instead of untrained ones, each with a new last layer for the classes of the data set: names in the
    /// model store as <see cref="ImportedModel.NameOf"/> gives them, in ensemble order. Their architectures are those of the ensemble.
    /// Default null.
    /// </summary>
    [Option("Model files that training the surrogates begins with (fine-tuning), for any classes and image size; by default 3 epochs.", Value = "MODEL", Several = true, Default = "none: untrained networks")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] // Runs from before there was a choice keep their id.
    public IReadOnlyList<string>? SurrogateInit { get; init; }

    /// <summary>Whether model files tell the architectures of the ensemble.</summary>
    [JsonIgnore]
    public bool HasModels => SurrogateModels is not null || SurrogateInit is not null;

    /// <summary>Number of networks in the ensemble.</summary>
    [JsonIgnore]
    public int EnsembleSize => (SurrogateModels ?? SurrogateInit ?? Surrogates.Architectures).Count;

    /// <summary>Kinds of corruption and how they are shared out.</summary>
    [Options]
    public CorruptionRequest Corruptions { get; init; } = new();

    /// <summary>Name in the store of a network that is not in the ensemble; attacked samples are classified by it as well. Default none.</summary>
    [Option("A model file that is not in the ensemble; the report tells how the attack transfers to it.", Value = "MODEL")]
    public string? HeldOut { get; init; }

    /// <summary>Samples in one shard, at most 64 MB; attack shards hold a quarter, rounded up to whole batches. Does not change the result. Default 256.</summary>
    [Range(1, 1_000_000)]
    [Option("Samples in one shard, at most 64 MB (a quarter where they are attacked); does not change the result.", ChangesSet = false)]
    public int ShardSize { get; init; } = 256;

    /// <summary>
    /// Shards that may fail after all tries: the set is published all the same, with their samples clean. 0 to 100; 0, the default: the run fails. Does not
    /// change the set where none fails.
    /// </summary>
    [Range(0, FailedShard.Most)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] // Runs from before there was a choice keep their id.
    [Option("Shards that may fail after all tries: the set is published all the same, their samples stay clean, and it says which. With more the run fails.", ChangesSet = false)]
    public int MaxFailedShards { get; init; }

    /// <summary>Formats to write, names of <see cref="SetFormats"/>; the npy pair is always written. Default null: nothing else.</summary>
    [Option(
        "Formats to write; a finished set gets those it lacks. Any of {0}, separated by commas; the npy pair is always there.",
        Words = nameof(AllFormats), Default = SetFormats.Npy, ChangesSet = false)]
    public IReadOnlyList<string>? Formats { get; init; }

    /// <summary>Names and encoding of the files of the format folder. Does not change the set. Default: those there are, else numbers and PNG.</summary>
    [Options]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public FolderLayout Folder { get; init; }

    /// <summary>What card, report and Croissant call the set: 1 to 100 visible characters of one line. Does not change the set. Default null: the name of the data set, "enhanced".</summary>
    [MinLength(1, ErrorMessage = WrongName)]
    [RegularExpression(@"^(?!\s)([^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|[\u200C\u200D]){1,100}\z", ErrorMessage = WrongName)]
    [Option("What card, report and Croissant call the enhanced set.", Value = "TEXT", Default = "the name of the data set, \"enhanced\"", ChangesSet = false)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] // Runs from before there was a choice keep their id.
    public string? Name { get; init; }

    /// <summary>Terms of the source data, see <see cref="DataLicense"/>; null looks for a licence file in its folder. Does not change the set. Default null.</summary>
    [Option(
        "Terms of the source data: an SPDX identifier such as CC-BY-4.0, an https address, or unknown.",
        Value = "ID", Default = "a licence file in the data set's folder", ChangesSet = false)]
    public string? License { get; init; }

    /// <summary>Semantic version of the set. Does not change the set. Default null: 1.0.0.</summary>
    [Option("Semantic version of the enhanced set.", Value = "X.Y.Z", Default = SemanticVersion.Default, ChangesSet = false)]
    public string? DataVersion { get; init; }

    /// <summary>How the set is scored once it is published. Does not change the set. Default null: it is not.</summary>
    [Options(IsObject = true, ChangesSet = false)]
    public ScoringRequest? Score { get; init; }

    /// <summary>What <see cref="Formats"/> may name.</summary>
    public static IEnumerable<string> AllFormats => SetFormats.All;

    /// <summary>Checks all options.</summary>
    /// <returns>What is wrong, a sentence each; empty when nothing is.</returns>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        Check(this, "", errors);
        Check(Attack, "attack.", errors);
        Check(Surrogates, "surrogates.", errors);
        Check(Corruptions, "corruptions.", errors);
        errors.AddRange(Corruptions.Problems());
        errors.AddRange(SetFormats.Problems(Formats));
        errors.AddRange(Folder.Problems(Formats));
        errors.AddRange(new[] { DataLicense.Problem(License), SemanticVersion.Problem(DataVersion) }.OfType<string>());
        if (Score is not null)
        {
            Check(Score, "score.", errors);
            errors.AddRange(Score.Problems());
        }

        errors.AddRange(ImportedModel.Problems("surrogateModels", SurrogateModels));
        errors.AddRange(ImportedModel.Problems("surrogateInit", SurrogateInit));
        if (SurrogateModels is not null && SurrogateInit is not null)
            errors.Add("surrogateInit: networks of surrogateModels are not trained; name models under one of the two.");
        if (SurrogateInit is { } initial && initial.Distinct().Count() < initial.Count)
            errors.Add("surrogateInit: a model is named twice; it would become the same network twice.");
        if (Selection == SelectionRule.Disagreement && EnsembleSize < 2)
            errors.Add("selection: disagreement needs an ensemble of at least two surrogates; one alone never disagrees.");
        if (Attack is { LinfEpsilon: 0, L2Epsilon: 0 })
            errors.Add("linfEpsilon, l2Epsilon: both 0; at least one part must be on.");
        if (Attack.EnsembleWeights is { } weights)
        {
            if (weights.Count != EnsembleSize)
                errors.Add($"ensembleWeights: {weights.Count} weights for {EnsembleSize} surrogates.");
            if (weights.Any(weight => weight < 0 || !double.IsFinite(weight)) || Math.Abs(weights.Sum() - 1) > 1e-6)
                errors.Add("ensembleWeights: weights must be 0 or more and sum to 1.");
        }

        return errors;
    }

    /// <summary>What is wrong with single values, by the names that their options have; a value without an option by those of its place and property.</summary>
    private static void Check(object part, string place, List<string> errors) =>
        errors.AddRange(OptionsCheck.Problems(part).Select(found => $"{NameOf(found.Property, place)}: {found.Problem}"));

    private static string NameOf(PropertyInfo property, string place)
    {
        foreach (var option in EnhancementChoices.Options)
        {
            if (IsProperty(option))
                return option.JsonName;
            if (option.Members.FirstOrDefault(IsProperty) is { } member)
                return $"{option.JsonName}.{member.JsonName}";
        }

        return place + JsonNamingPolicy.CamelCase.ConvertName(property.Name);

        bool IsProperty(OptionEntry option) => option.Property.Name == property.Name && option.Property.DeclaringType == property.DeclaringType;
    }
}
