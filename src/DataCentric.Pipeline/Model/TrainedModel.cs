using System.Text.RegularExpressions;

namespace DataCentric.Pipeline.Model;

/// <summary>A network that was trained or imported.</summary>
/// <param name="Architecture">Registry name.</param>
/// <param name="Name">Name of the model file in its store, or the file that was imported.</param>
/// <param name="Sha256">Hash of the model file.</param>
/// <param name="Parameters">Trainable parameters.</param>
/// <param name="TrainingAccuracy">Share of augmented training images classified right in the last epoch, 0 to 1; null where it was imported.</param>
public sealed record TrainedModel(string Architecture, string Name, string Sha256, long Parameters, double? TrainingAccuracy)
{
    /// <summary>Hash of everything its weights depend on; null where it was imported, and where its name holds that hash.</summary>
    public string? Key { get; init; }
}

/// <summary>A network that a user imports, in the model store under a name that tells its content: so the name is part of a run's identity.</summary>
public static partial class ImportedModel
{
    /// <summary>Name in the model store.</summary>
    /// <param name="sha256">Hash of the model file, lower-case hex.</param>
    public static string NameOf(string sha256) => $"models/brought-{sha256}.safetensors";

    /// <summary>Whether a name is that of an imported model.</summary>
    /// <param name="name">The name.</param>
    public static bool IsName(string name) => Pattern().IsMatch(name);

    /// <summary>What is wrong with names of models, a sentence each.</summary>
    /// <param name="option">Where they are named.</param>
    /// <param name="names">The names; null where none are asked for.</param>
    public static IEnumerable<string> Problems(string option, IReadOnlyList<string>? names) => names is { Count: 0 }
        ? [$"{option}: an ensemble needs at least one model."]
        : (names ?? []).Where(name => !IsName(name)).Select(name => $"{option}: '{name}' is not the name of an imported model.");

    [GeneratedRegex(@"^models/brought-[0-9a-f]{64}\.safetensors\z")]
    private static partial Regex Pattern();
}
