using DataCentric.Pipeline.Results;

namespace DataCentric.Pipeline.Provenance;

/// <summary>What a set is called.</summary>
internal static class SetTitle
{
    /// <summary>Name of the source: the last part of its path.</summary>
    public static string SourceOf(RunRecord run) => run.Request.Dataset.TrimEnd('/', '\\').Split('/', '\\')[^1];

    /// <summary>For people.</summary>
    public static string Of(RunRecord run) => $"{SourceOf(run)}, enhanced";

    /// <summary>For machines: letters, digits, '-', '_' and '.'.</summary>
    public static string IdentifierOf(RunRecord run) =>
        string.Concat(SourceOf(run).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-')) + "-enhanced";
}
