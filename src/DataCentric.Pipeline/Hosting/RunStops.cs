using DataCentric.Pipeline.Stages;

namespace DataCentric.Pipeline.Hosting;

/// <summary>
/// Wishes that a run end, for activities that run on other machines than where the wish was uttered: to terminate an orchestration hands
/// out no more activities, and leaves those under way to their end, hours for a training. A wish lies with the run until it is started again.
/// </summary>
/// <param name="stores">Where runs lie.</param>
/// <param name="time">When to look.</param>
public sealed class RunStops(PipelineStores stores, TimeProvider time)
{
    /// <summary>How often an activity looks: it ends so much later at most, and after one step of its work.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Two looks: one may come just before the wish, and a store that is slow to answer makes the next one late.</summary>
    private static readonly TimeSpan UntilSeen = 2 * Interval;

    /// <summary>Asks all activities of a run to end.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public Task AskAsync(string runId, CancellationToken cancellationToken) =>
        stores.Work.WriteAllBytesAsync(new RunLayout(runId).Stop, ReadOnlyMemory<byte>.Empty, cancellationToken);

    /// <summary>
    /// Takes the wish back, where there is one, once all activities under way have seen it: a run that is terminated and started again at once
    /// would else have its trainings twice, and one that is purged at once would be written to by those that go on.
    /// </summary>
    /// <param name="runId">The run; it is about to be started or purged.</param>
    /// <param name="cancellationToken">Stops taking it back.</param>
    public async Task WithdrawAsync(string runId, CancellationToken cancellationToken)
    {
        var wish = new RunLayout(runId).Stop;
        if (await stores.Work.FindAsync(wish, cancellationToken) is null)
            return;
        await Task.Delay(UntilSeen, time, cancellationToken);
        await stores.Work.DeleteAsync(wish, cancellationToken);
    }

    /// <summary>Runs an activity until it is done, or is asked to end.</summary>
    /// <exception cref="InputException">It was asked to end; to try it again would be of no use.</exception>
    internal async Task<T> RunAsync<T>(object input, Func<CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        if ((input as EnhancementRequest ?? (input as StageInput)?.Request) is not { RunId: var runId })
            return await run(cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var done = new CancellationTokenSource();
        var watching = WatchAsync(runId, stop, done.Token);
        try
        {
            return await run(stop.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && stop.IsCancellationRequested)
        {
            throw new InputException($"Run {runId} was terminated.");
        }
        finally
        {
            await done.CancelAsync();
            await watching;
        }
    }

    private async Task WatchAsync(string runId, CancellationTokenSource stop, CancellationToken done)
    {
        try
        {
            while (!await IsAskedAsync(runId, done))
                await Task.Delay(Interval, time, done);
            await stop.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The activity is done.
        }
    }

    /// <summary>A store that does not answer says nothing; the next look may find it again.</summary>
    private async Task<bool> IsAskedAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            return await stores.Work.FindAsync(new RunLayout(runId).Stop, cancellationToken) is not null;
        }
        catch (StoreException)
        {
            return false;
        }
    }
}
