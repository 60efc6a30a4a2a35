namespace DataCentric.Pipeline.Activities;

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

/// <summary>Told by an activity how far it is, for people who watch.</summary>
public interface IActivityObserver
{
    /// <summary>Some work was done.</summary>
    /// <param name="progress">How far the activity is.</param>
    void Report(ActivityProgress progress);
}

/// <summary>How far an activity is.</summary>
/// <param name="Item">What it works on: a shard, a surrogate, a file.</param>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all.</param>
/// <param name="Unit">What a unit is, such as <c>epochs</c>.</param>
/// <param name="Detail">A few words more, such as loss and accuracy; may be empty.</param>
public sealed record ActivityProgress(string Item, long Done, long Total, string Unit, string Detail = "");

/// <summary>Watches nothing.</summary>
public sealed class NullActivityObserver : IActivityObserver
{
    /// <inheritdoc/>
    public void Report(ActivityProgress progress)
    {
    }
}
