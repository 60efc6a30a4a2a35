using System.Globalization;

namespace DataCentric.Tests;

/// <summary>
/// How much is thrown at the product. The short form belongs to every test run; DATACENTRIC_FAULTS=long asks for the long one, which takes
/// half an hour, and DATACENTRIC_FAULTS_TABLE names a file that gets a line of figures for each fault (docs/reliability.md).
/// </summary>
public static class FaultLog
{
    private static readonly Lock Gate = new();

    /// <summary>Whether the long form was asked for.</summary>
    public static bool AreLong { get; } = Environment.GetEnvironmentVariable("DATACENTRIC_FAULTS") == "long";

    /// <summary>How often to try something.</summary>
    public static int Times(int inShort, int inLong) => AreLong ? inLong : inShort;

    /// <summary>Some of many cases, the same ones each time and spread evenly: all of them in the long form.</summary>
    public static IEnumerable<T> Some<T>(IReadOnlyList<T> all, int inShort)
    {
        var count = Math.Min(all.Count, AreLong ? all.Count : inShort);
        return Enumerable.Range(0, count).Select(i => all[(int)((i + 0.5) * all.Count / count)]);
    }

    /// <summary>Notes what became of a fault: a line of the table.</summary>
    /// <param name="fault">What was done to the run.</param>
    /// <param name="tried">How often.</param>
    /// <param name="identical">How many results were those of an undisturbed run, byte for byte.</param>
    /// <param name="recomputed">Valid shards that were made a second time.</param>
    /// <param name="recovery">Times from the next start to the result.</param>
    public static void Note(string fault, int tried, int identical, int recomputed, IReadOnlyCollection<TimeSpan> recovery)
    {
        var times = recovery.Count == 0
            ? "by itself"
            : string.Create(CultureInfo.InvariantCulture, $"{Median(recovery):F1} s, at most {recovery.Max().TotalSeconds:F1} s");
        var line = $"| {fault} | {tried} | {identical} | {recomputed} | {times} |";
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        if (Environment.GetEnvironmentVariable("DATACENTRIC_FAULTS_TABLE") is { Length: > 0 } file)
        {
            lock (Gate)
                File.AppendAllText(file, line + "\n");
        }
    }

    private static double Median(IReadOnlyCollection<TimeSpan> times) => times.Order().ElementAt(times.Count / 2).TotalSeconds;
}
