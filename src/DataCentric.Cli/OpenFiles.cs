namespace DataCentric.Cli;

/// <summary>
/// Whether the system lets the process open as many files as it needs. Where it does not, loading some part fails at some moment, with
/// messages that name anything but the reason.
/// </summary>
internal static class OpenFiles
{
    /// <summary>Files that may have to be open at once: some 115 with two workers (docs/reliability.md), and room for more workers.</summary>
    public const int Needed = 256;

    private const string Limits = "/proc/self/limits";
    private const string Name = "Max open files";

    /// <summary>What is wrong, a sentence; null where nothing is, or where the system does not tell.</summary>
    public static string? Problem() => File.Exists(Limits) ? ProblemIn(File.ReadAllText(Limits)) : null;

    /// <summary>The same from the text of the limits: a line for each, with the soft limit after its name.</summary>
    internal static string? ProblemIn(string limits)
    {
        var start = limits.IndexOf(Name, StringComparison.Ordinal);
        if (start < 0)
            return null;
        var rest = limits[(start + Name.Length)..].TrimStart();
        var end = rest.IndexOf(' ', StringComparison.Ordinal);
        return int.TryParse(end < 0 ? rest : rest[..end], out var limit) && limit < Needed
            ? $"Only {limit} files may be open at once here, and {Needed} are needed: raise the limit (ulimit -n {Needed})."
            : null;
    }
}
