using System.Collections.Concurrent;

namespace DataCentric.Pipeline.Stages;

/// <summary>
/// Remembers tries of activities that failed, for the run record. They lie with the run, as its activities may run in other processes than
/// the one that publishes it, and in starts that came to no end. Thread-safe.
/// </summary>
/// <param name="stores">Where runs lie.</param>
internal sealed class FailedTries(PipelineStores stores)
{
    private const int Kept = 50;
    private const int LongestReason = 300;

    // What could not be written, as what failed may be the storage itself; and how many there were, of each run that this process works on.
    private readonly ConcurrentDictionary<string, ConcurrentQueue<FailedTry>> _unwritten = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Remembers a try; of very many the first are kept.</summary>
    /// <param name="input">Input of the activity; what belongs to no run is not kept.</param>
    /// <param name="activity">Name of the activity.</param>
    /// <param name="reason">What went wrong.</param>
    public async Task AddAsync(object input, string activity, string reason)
    {
        if ((input as EnhancementRequest ?? (input as StageInput)?.Request) is not { RunId: var run })
            return;
        var number = _counts.AddOrUpdate(run, 1, (_, count) => count + 1);
        if (number > Kept)
            return;
        var failed = new FailedTry((input as StageInput)?.Part ?? activity, ShortText.Of(reason, LongestReason));
        try
        {
            await stores.Work.WriteJsonAsync(NameOf(run, failed, number), failed, PipelineJson.Compact, CancellationToken.None);
        }
        catch (StoreException)
        {
            _unwritten.GetOrAdd(run, _ => new ConcurrentQueue<FailedTry>()).Enqueue(failed);
        }
    }

    /// <summary>Reads what is remembered of a run, by whichever process. <see cref="RunCleaner"/> clears it when it stands in the record.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<IReadOnlyList<FailedTry>> ReadAsync(string runId, CancellationToken cancellationToken)
    {
        var tries = new List<FailedTry>();
        await foreach (var item in stores.Work.ListAsync(new RunLayout(runId).TryFolder, cancellationToken))
        {
            if (tries.Count < Kept && await stores.Work.TryReadJsonAsync<FailedTry>(item.Name, PipelineJson.Compact, cancellationToken) is { } failed)
                tries.Add(failed);
        }

        _counts.TryRemove(runId, out _);
        return [.. tries, .. _unwritten.TryRemove(runId, out var unwritten) ? unwritten : []];
    }

    /// <summary>A name that another process, or another start, does not give to another try.</summary>
    private static string NameOf(string run, FailedTry failed, int number)
    {
        var text = string.Join('|', Environment.MachineName, Environment.ProcessId, failed.Part, failed.Reason);
        return $"{new RunLayout(run).TryFolder}{number:D3}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]}.json";
    }
}
