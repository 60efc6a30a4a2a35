using System.Diagnostics;

namespace DataCentric.Cli.Tests.Faults;

/// <summary>Processes that compute for another one, found by a variable of their environment or by who started them (Linux).</summary>
internal static class ComputeProcesses
{
    /// <summary>Those started with a variable.</summary>
    public static IReadOnlyList<Process> With(string variable) => Find(folder => Text(folder, "environ").Split('\0').Contains(variable));

    /// <summary>Those of a process.</summary>
    public static IReadOnlyList<Process> Of(int parent) =>
        Find(folder => Text(folder, "stat") is var stat && stat.Length > 0 && stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1] == $"{parent}");

    /// <summary>Ends a process as the system does for want of memory.</summary>
    public static void End(Process process)
    {
        process.Kill();
        process.WaitForExit();
    }

    private static IReadOnlyList<Process> Find(Predicate<string> isWanted) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), out _) && Text(folder, "cmdline").Contains("compute-server", StringComparison.Ordinal) && isWanted(folder))
            .Select(folder => Process.GetProcessById(int.Parse(Path.GetFileName(folder)))),
    ];

    private static string Text(string folder, string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, name));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
