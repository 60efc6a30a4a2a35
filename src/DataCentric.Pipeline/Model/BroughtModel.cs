using System.Text.RegularExpressions;

namespace DataCentric.Pipeline.Model;

/// <summary>A network that a user brings, in the model store under a name that tells its content: so the name is part of a run's identity.</summary>
public static partial class BroughtModel
{
    /// <summary>Name in the model store.</summary>
    /// <param name="sha256">Hash of the model file, lower-case hex.</param>
    public static string NameOf(string sha256) => $"models/brought-{sha256}.safetensors";

    /// <summary>Whether a name is that of a brought model.</summary>
    /// <param name="name">The name.</param>
    public static bool IsName(string name) => Pattern().IsMatch(name);

    [GeneratedRegex(@"^models/brought-[0-9a-f]{64}\.safetensors\z")]
    private static partial Regex Pattern();
}
