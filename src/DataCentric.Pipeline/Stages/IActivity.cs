namespace DataCentric.Pipeline.Stages;

/// <summary>
/// One step of the work. It may be run more than once with the same input, and be killed at any point: it writes deterministic names,
/// whole or not at all, reuses a valid output that is there already, and does a broken one again.
/// </summary>
/// <typeparam name="TInput">References and small records.</typeparam>
/// <typeparam name="TOutput">References and small records.</typeparam>
public interface IActivity<in TInput, TOutput>
{
    /// <summary>Does the work.</summary>
    /// <param name="input">What to do.</param>
    /// <param name="cancellationToken">Stops within one unit of work; nothing half-written stays.</param>
    Task<TOutput> RunAsync(TInput input, CancellationToken cancellationToken);
}

/// <summary>Name of an activity, with the types it takes and returns.</summary>
/// <typeparam name="TInput">Input.</typeparam>
/// <typeparam name="TOutput">Output.</typeparam>
/// <param name="Name">Name it is registered under.</param>
public readonly record struct ActivityName<TInput, TOutput>(string Name)
    where TInput : notnull;

/// <summary>Names that the activities are registered under, in every host; each stands with its stage.</summary>
public static partial class ActivityNames;

/// <summary>What the activities of a run take: the request, and what the stages before have found. References and small records, never pixels.</summary>
/// <param name="Request">The request.</param>
public abstract record StageInput(EnhancementRequest Request)
{
    /// <summary>Which part of the stage it is, for messages, such as <c>shard corrupted-000000000-000256</c>; null where the stage has one part.</summary>
    [JsonIgnore]
    public virtual string? Part => null;
}
