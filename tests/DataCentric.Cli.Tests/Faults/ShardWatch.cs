using System.Collections.Concurrent;

namespace DataCentric.Cli.Tests.Faults;

/// <summary>Watches an output folder for shards that are made although a valid one is there.</summary>
internal sealed class ShardWatch : IDisposable
{
    private readonly HashSet<string> _before;
    private readonly ConcurrentBag<string> _made = [];
    private readonly FileSystemWatcher? _watcher;

    /// <summary>Starts watching; to be called before the run is started again.</summary>
    /// <param name="output">The output folder.</param>
    public ShardWatch(string output)
    {
        var runs = Path.Combine(output, ".datacentric", "runs");
        _before = Records(runs);
        if (_before.Count == 0)
            return;
        _watcher = new FileSystemWatcher(runs) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName };
        _watcher.Renamed += (_, change) => _made.Add(change.FullPath);
        _watcher.Created += (_, change) => _made.Add(change.FullPath);
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>Shards that were there: a record is written whole, after its pixels.</summary>
    public int Before => _before.Count;

    /// <summary>Those of them that were made again.</summary>
    public int Recomputed => _made.Distinct().Count(_before.Contains);

    public void Dispose() => _watcher?.Dispose();

    private static HashSet<string> Records(string runs) => Directory.Exists(runs)
        ? [.. Directory.EnumerateFiles(runs, "*.json", SearchOption.AllDirectories).Where(file => file.Contains("/shards/", StringComparison.Ordinal))]
        : [];
}
