using System.ComponentModel.DataAnnotations;
using DataCentric.Pipeline.Stages;
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

    /// <summary>Processor time that the processes of this run have used so far; null where nobody counts, on every replay alike.</summary>
    ProcessorSeconds? Processor { get; }

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

/// <summary>How often and when a failed activity is tried again.</summary>
/// <param name="MaxAttempts">Tries in all, at least 1.</param>
/// <param name="FirstDelay">Wait before the second try.</param>
/// <param name="Backoff">Each further wait is this many times the one before.</param>
public sealed record RetryOptions(int MaxAttempts, TimeSpan FirstDelay, double Backoff)
{
    /// <summary>Three tries, 5 and 10 seconds apart.</summary>
    public static readonly RetryOptions Default = new(3, TimeSpan.FromSeconds(5), 2);
}

/// <summary>How wide a workflow fans out. Does not change the result.</summary>
public sealed record FanOutLimits
{
    /// <summary>Most activities under way at once, for each kind of worker (<see cref="HasAttackWorkers"/>). Default 16.</summary>
    [Range(1, 1000)]
    public int MaxInFlight { get; init; } = 16;

    /// <summary>
    /// Most shards that one workflow hands out itself; more are divided among child workflows of so many each. Every shard adds about
    /// 4 kB to a history that is read again at each step. Default 200.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int MaxFanOut { get; init; } = 200;

    /// <summary>Whether attacks have workers of their own (GPUs), so that attacks and corruptions go on side by side. Default false.</summary>
    public bool HasAttackWorkers { get; init; }

    /// <summary>
    /// How long the first attack worker may take to answer, its start included; null waits for ever. A name that no worker knows is never
    /// refused, it only stays pending, and this tells the user so. Default null.
    /// </summary>
    public TimeSpan? AttackWorkerPatience { get; init; }
}
