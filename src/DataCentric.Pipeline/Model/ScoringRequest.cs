using System.ComponentModel.DataAnnotations;

namespace DataCentric.Pipeline.Model;

/// <summary>How a finished run is scored: each network is trained on the raw and on the enhanced set and tested on the test sets. As the verb <c>score</c> does it.</summary>
public sealed record ScoringRequest
{
    /// <summary>Most networks of one run; each adds about 4 kB to its history.</summary>
    public const int MostNetworks = 200;

    /// <summary>Networks that are trained where none are named.</summary>
    public static IReadOnlyList<string> DefaultArchitectures { get; } = ["vgg_compact", "densenet_compact", "wrn_compact"];

    /// <summary>Where the test sets lie, as <see cref="EnhancementRequest.Dataset"/> says it.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "name the test sets.")]
    [Option("Score the finished set on these test sets, as written by testset: networks are trained on the raw and on the enhanced set.", Name = "score", Value = "PLACE", Default = "none: it is not scored")]
    public string Test { get; init; } = "";

    /// <summary>Networks to train, by registry name. Default vgg_compact, densenet_compact, wrn_compact.</summary>
    [Required]
    [MinLength(1)]
    [Option("Networks to score by, separated by commas.", Name = "score-arch")]
    public IReadOnlyList<string> Architectures { get; init; } = DefaultArchitectures;

    /// <summary>Seeds of the trainings, each trains every architecture on both sets. Default 1.</summary>
    [Required]
    [MinLength(1)]
    [Option("Seeds of their trainings, separated by commas.", Name = "score-seeds")]
    public IReadOnlyList<ulong> Seeds { get; init; } = [1];

    /// <summary>Passes over the training set, 1 to 10,000. Default null: 12, or more on a small set; 3 where training begins with a trained network.</summary>
    [Range(1, 10_000)]
    [Option("Passes over the data of each.", Name = "score-epochs", Default = "12, or more on a small set; 3 with --score-init")]
    public int? Epochs { get; init; }

    /// <summary>
    /// Networks that trainings begin with instead of untrained ones, each with a new last layer, of architectures that differ: names in the model
    /// store as <see cref="ImportedModel.NameOf"/> gives them. They stand for <see cref="Architectures"/>. Default null.
    /// </summary>
    [Option(
        "Model files that their trainings begin with (fine-tuning), for any classes and image size; by default 3 epochs.",
        Name = "score-init", Value = "MODEL", Several = true, Default = "none: untrained networks")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] // Records from before there was a choice keep their bytes.
    public IReadOnlyList<string>? Init { get; init; }

    /// <summary>The networks in order: seed after seed, so that what a stopped run has is whole tables. Each is a registry name, or one of <see cref="Init"/>.</summary>
    internal IEnumerable<(ulong Seed, string Network, string Variant)> Networks() =>
        from seed in Seeds
        from network in Init ?? Architectures
        from variant in VariantNames.All
        select (seed, network, variant);

    /// <summary>How a network is trained.</summary>
    /// <param name="architecture">Registry name.</param>
    public SurrogateOptions OptionsFor(string architecture)
    {
        var quick = TrainingPresets.Quick with { Architectures = [architecture] };
        var preset = Init is null ? quick : TrainingPresets.FineTuning(quick);
        return Epochs is { } epochs ? preset with { Epochs = epochs, MinimumSteps = 0 } : preset;
    }

    /// <summary>What is wrong beyond single values, a sentence each.</summary>
    internal IEnumerable<string> Problems()
    {
        var (architectures, seeds) = (Architectures ?? [], Seeds ?? []);
        if (architectures.Distinct(StringComparer.Ordinal).Count() < architectures.Count)
            yield return "score.architectures: a network is named twice.";
        if (architectures.Any(string.IsNullOrWhiteSpace))
            yield return "score.architectures: a name is empty.";
        if (seeds.Distinct().Count() < seeds.Count)
            yield return "score.seeds: a seed is named twice.";
        foreach (var problem in Init is { Count: 0 } ? ["score.init: names no model."] : ImportedModel.Problems("score.init", Init))
            yield return problem;
        if (Init is not null && Init.Distinct(StringComparer.Ordinal).Count() < Init.Count)
            yield return "score.init: a model is named twice.";
        if (Init is not null && !architectures.SequenceEqual(DefaultArchitectures))
            yield return "score.architectures cannot be given with score.init, whose models tell theirs.";
        if ((long)VariantNames.All.Count * (Init ?? architectures).Count * seeds.Count is var count and > MostNetworks)
            yield return $"score: {count} networks; a run trains at most {MostNetworks}.";
    }
}

/// <summary>Names of the two sets that networks are trained on, as scores hold them.</summary>
internal static class VariantNames
{
    /// <summary>The raw set, the baseline.</summary>
    public const string Raw = "raw";

    /// <summary>The only enhanced set.</summary>
    public const string Enhanced = "enhanced";

    /// <summary>Both, the baseline first.</summary>
    public static IReadOnlyList<string> All { get; } = [Raw, Enhanced];
}
