using Microsoft.Extensions.Logging;

namespace DataCentric.Pipeline.Workflow;

/// <summary>
/// The port the workflow is written against. Its contract is that of a durable orchestration: code that uses it is deterministic,
/// does no I/O, reads no clock, and awaits nothing but tasks of this context (and Task.WhenAll and Task.WhenAny of them), without
/// <c>ConfigureAwait(false)</c>.
/// </summary>
public interface IWorkflowContext
{
    /// <summary>Time, the same on every replay.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Logger that is silent on replay.</summary>
    ILogger Logger { get; }

    /// <summary>How wide the workflow may fan out; fixed for a run, so that a replay decides alike.</summary>
    FanOutLimits Limits { get; }

    /// <summary>Runs an activity, at least once and perhaps more often.</summary>
    /// <typeparam name="TInput">What it takes: references and small records, never pixels.</typeparam>
    /// <typeparam name="TOutput">What it returns: likewise.</typeparam>
    /// <param name="activity">Which one.</param>
    /// <param name="input">Its input.</param>
    /// <param name="retry">Tries again after failures; null tries once.</param>
    /// <returns>Its output; the task fails when the last try failed.</returns>
    Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityName<TInput, TOutput> activity, TInput input, RetryOptions? retry = null)
        where TInput : notnull
        where TOutput : class;

    /// <summary>Runs <see cref="ShardGroupWorkflow"/> as a workflow of its own, whose history does not burden this one.</summary>
    /// <param name="group">The shards.</param>
    /// <returns>What became of them.</returns>
    Task<FanOutOutcome> CallShardGroupAsync(ShardGroup group);

    /// <summary>Waits, also across a restart of the host.</summary>
    /// <param name="delay">How long.</param>
    /// <param name="cancellationToken">Gives the wait up; an orchestration ends only when no timer is left.</param>
    Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Publishes progress; the last one reported is what a client sees.</summary>
    /// <param name="progress">Small: it becomes the custom status of an orchestration (16 KB).</param>
    void Report(WorkflowProgress progress);
}

/// <summary>Name of an activity, with the types it takes and returns.</summary>
/// <typeparam name="TInput">Input.</typeparam>
/// <typeparam name="TOutput">Output.</typeparam>
/// <param name="Name">Name it is registered under.</param>
public readonly record struct ActivityName<TInput, TOutput>(string Name)
    where TInput : notnull;

/// <summary>How often and when a failed activity is tried again.</summary>
/// <param name="MaxAttempts">Tries in all, at least 1.</param>
/// <param name="FirstDelay">Wait before the second try.</param>
/// <param name="Backoff">Each further wait is this many times the one before.</param>
public sealed record RetryOptions(int MaxAttempts, TimeSpan FirstDelay, double Backoff)
{
    /// <summary>Three tries, 5 and 10 seconds apart.</summary>
    public static readonly RetryOptions Default = new(3, TimeSpan.FromSeconds(5), 2);
}

/// <summary>Where a run stands.</summary>
/// <param name="Phase">Stage of the workflow.</param>
/// <param name="Done">Shards (or surrogates) finished in this stage.</param>
/// <param name="Failed">Those that failed for good.</param>
/// <param name="Total">All of this stage.</param>
/// <param name="ImagesDone">Images finished in this stage.</param>
/// <param name="ImagesTotal">All images of this stage.</param>
/// <param name="WorkDone">Work finished, in the units in which this stage's activities report: epochs, or image-iterations of the attack.</param>
/// <param name="WorkTotal">All work of this stage; the rest of it tells the time left.</param>
public sealed record WorkflowProgress(
    WorkflowPhase Phase, int Done, int Failed, int Total, int ImagesDone = 0, int ImagesTotal = 0, double WorkDone = 0, double WorkTotal = 0);

/// <summary>Stages of the workflow, in order.</summary>
public enum WorkflowPhase
{
    /// <summary>Reads and checks the data set.</summary>
    Ingest,

    /// <summary>Decides who becomes what.</summary>
    Plan,

    /// <summary>Loads or trains the ensemble.</summary>
    Surrogates,

    /// <summary>Scores samples by the ensemble, for a selection that is not random; the plan comes after it then.</summary>
    Scores,

    /// <summary>Keeps, attacks and corrupts, shard by shard.</summary>
    Shards,

    /// <summary>Puts the shards together.</summary>
    Assemble,

    /// <summary>Reads the result again.</summary>
    Verify,

    /// <summary>Writes picture and run record.</summary>
    Publish,

    /// <summary>Writes further formats.</summary>
    Export,

    /// <summary>Trains networks on the raw and on the enhanced set and tests them.</summary>
    Robustness,

    /// <summary>All done.</summary>
    Done,
}
