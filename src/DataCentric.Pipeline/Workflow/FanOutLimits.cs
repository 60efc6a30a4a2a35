using System.ComponentModel.DataAnnotations;

namespace DataCentric.Pipeline.Workflow;

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
