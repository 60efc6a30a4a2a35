using System.Text.RegularExpressions;

namespace DataCentric.Pipeline.Model;

/// <summary>
/// Version of a data set by Semantic Versioning 2.0.0. Croissant 1.1 gives the parts a meaning for data: a patch is the same data in
/// another form, a minor version has more beside them, a major version has other data.
/// </summary>
public static partial class SemanticVersion
{
    /// <summary>Version of a set for which none was chosen.</summary>
    public const string Default = "1.0.0";

    /// <summary>What is wrong with a version; null when nothing is.</summary>
    /// <param name="version">The version, or null for the default.</param>
    public static string? Problem(string? version) => version is null || (version.Length <= 100 && Pattern().IsMatch(version))
        ? null
        : $"dataVersion: '{version}' is not a semantic version such as {Default} or 2.1.0-beta.1.";

    // The expression that semver.org suggests.
    [GeneratedRegex(@"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?\z")]
    private static partial Regex Pattern();
}
