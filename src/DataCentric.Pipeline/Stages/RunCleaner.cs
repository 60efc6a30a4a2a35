namespace DataCentric.Pipeline.Stages;

/// <summary>Clears what only an unfinished run needs.</summary>
public static class RunCleaner
{
    /// <summary>Removes everything of a run that was given up: canonical input, shards and plan. Results and models stay.</summary>
    /// <param name="stores">Where the run lies.</param>
    /// <param name="runId">The run; it must not be running.</param>
    /// <param name="cancellationToken">Stops removing; what is left is removed the next time.</param>
    /// <returns>Number of items removed.</returns>
    public static Task<int> PurgeAsync(PipelineStores stores, string runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stores);
        return ClearAsync(stores.Work, [new RunLayout(runId).Root], cancellationToken);
    }

    /// <summary>Removes canonical input, scores, shards and failed tries of a finished run. Plan and models stay.</summary>
    internal static Task<int> ClearAsync(IDataStore work, RunLayout layout, CancellationToken cancellationToken) =>
        ClearAsync(work, [layout.ShardFolder, layout.ScoreFolder, layout.TryFolder, $"{layout.Robustness}/", layout.InputFolder], cancellationToken);

    /// <summary>Removes what a published run does not need to be scored.</summary>
    internal static Task<int> ClearShardsAsync(IDataStore work, RunLayout layout, CancellationToken cancellationToken) =>
        ClearAsync(work, [layout.ShardFolder, layout.ScoreFolder, layout.TryFolder], cancellationToken);

    private static async Task<int> ClearAsync(IDataStore work, string[] folders, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var folder in folders)
        {
            var names = new List<string>();
            await foreach (var item in work.ListAsync(folder, cancellationToken))
                names.Add(item.Name);
            foreach (var name in names)
                await work.DeleteAsync(name, cancellationToken);
            count += names.Count;
        }

        return count;
    }
}
