using System.ComponentModel.DataAnnotations;
using DataCentric.Imaging.Corruptions;

namespace DataCentric.Pipeline.Model;

/// <summary>Which kinds of corruption, how strong, and how they are shared out over the corrupted samples.</summary>
public sealed record CorruptionRequest
{
    private const string UniformMix = "uniform";
    private const string PaperCodeMix = "paper-code";
    private const string StoredPaperCodeMix = "seed";

    /// <summary>
    /// Parameter set: <c>paper14</c> (the published parameters of the paper's 14 kinds), <c>cifar</c>, <c>imagenet</c>, <c>cifar-bar</c> or <c>augmentations</c>;
    /// or several with commas between them, which share the corrupted samples equally. Default paper14.
    /// </summary>
    [Required]
    [Option("Parameter set of the corruptions, or several, separated by commas: {0}.", Name = "corruptions", Value = "SET", Words = nameof(Sets), Default = "paper14,augmentations; imagenet for kanra, paper14 for the other profiles")]
    public string Set { get; init; } = CorruptionCatalog.Paper14;

    /// <summary>Kinds of the set; null takes all. Default null.</summary>
    [Option("Kinds of corruption, separated by commas.", Default = "all of the set")]
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>1 to 5, or 0 for the exact parameters of paper14. Default 0.</summary>
    [Option("Severity 1 to 5; 0 is paper14 with its exact parameters.", Value = "N", Default = "2; 0 for most other profiles")]
    public int Severity { get; init; }

    /// <summary><see cref="MixName"/> as records hold it, where <c>paper-code</c> is called <c>seed</c>.</summary>
    [AllowedValues(UniformMix, StoredPaperCodeMix, ErrorMessage = $"The mix is {UniformMix} or {PaperCodeMix}.")]
    public string Mix { get; init; } = UniformMix;

    /// <summary><c>uniform</c>: every kind equally often (the paper); <c>paper-code</c>: the weights of the paper's code. Default uniform.</summary>
    [JsonIgnore]
    [Option("How kinds are shared out: uniform (paper) or paper-code (the paper's code).", Name = "mix", Value = "NAME")]
    public string MixName
    {
        get => Mix == StoredPaperCodeMix ? PaperCodeMix : Mix;
        init => Mix = value == PaperCodeMix ? StoredPaperCodeMix : value;
    }

    /// <summary>What <see cref="Set"/> may name.</summary>
    public static IEnumerable<string> Sets => CorruptionCatalog.Sets.Select(set => set.Name);

    /// <summary>Makes the mix that this asks for.</summary>
    /// <exception cref="InputException">There is no such set, kind or severity.</exception>
    public CorruptionMix CreateMix()
    {
        if (Mix == StoredPaperCodeMix)
        {
            return Set == CorruptionCatalog.Paper14 && Kinds is null
                ? CorruptionMix.Seed(severity: Severity)
                : throw new InputException(
                    $"The mix {PaperCodeMix} belongs to all kinds of {CorruptionCatalog.Paper14} and no others. Name that set alone as corruptions, or use the mix {UniformMix}.");
        }

        var sets = OptionText.List(Set, "corruptions.set");
        if (sets.Length == 1)
        {
            return CorruptionMix.Uniform(Kinds is null
                ? CorruptionCatalog.CreateAll(Set, Severity)
                : [.. Kinds.Select(kind => CorruptionCatalog.Create(Set, kind, Severity))]);
        }

        return Joined([.. sets.Select(CorruptionCatalog.Set)]);
    }

    /// <summary>Every set equally often, and in each every kind; or of those that are named each.</summary>
    private CorruptionMix Joined(IReadOnlyList<CorruptionSet> sets)
    {
        (CorruptionSet Set, string Kind)[] all = [.. sets.SelectMany(set => set.Kinds.Select(kind => (set, kind.Name)))];
        if (all.GroupBy(entry => entry.Kind).FirstOrDefault(kind => kind.Count() > 1) is { } twice)
            throw new InputException($"The sets {Set} have both a kind {twice.Key}; results could not tell them apart. Name one of them.");
        if (Kinds is not null)
        {
            var named = Kinds.Select(kind => Array.Find(all, entry => entry.Kind == kind) is { Set: not null } found ? found : throw new InputException(
                $"The sets {Set} have no corruption '{kind}'; they have {string.Join(", ", all.Select(entry => entry.Kind))}."));
            return CorruptionMix.Uniform([.. named.Select(entry => CorruptionCatalog.Create(entry.Set.Name, entry.Kind, Severity))]);
        }

        if (sets.FirstOrDefault(set => !set.Kinds.All(kind => kind.Severities.Contains(Severity))) is { } lacking)
            throw new InputException($"The set {lacking.Name} has no severity {Severity}. Name corruptions without it, such as {CorruptionCatalog.Paper14}, or another severity.");
        return new([.. all.Select(entry => CorruptionCatalog.Create(entry.Set.Name, entry.Kind, Severity))], [.. sets.SelectMany(set => set.Kinds.Select(_ => 1.0 / set.Kinds.Count))]);
    }

    /// <summary>What is wrong, a sentence each; empty when nothing is.</summary>
    internal IEnumerable<string> Problems()
    {
        if (Kinds is { Count: 0 })
            return ["corruptions.kinds: at least one kind is needed."];
        if (Kinds?.Distinct(StringComparer.Ordinal).Count() < Kinds?.Count)
            return ["corruptions.kinds: a kind is named twice."];
        try
        {
            CreateMix();
            return [];
        }
        catch (InputException exception)
        {
            return [$"corruptions: {exception.Message}"];
        }
    }
}
