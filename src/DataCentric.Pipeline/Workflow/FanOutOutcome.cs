namespace DataCentric.Pipeline.Workflow;

/// <summary>What became of parts of a fan-out. Small whatever their number: only the first failures are kept in words.</summary>
public sealed record FanOutOutcome
{
    private const int FailuresKept = 10;
    private const int LongestFailure = 500;

    /// <summary>Parts that are done.</summary>
    public int Done { get; init; }

    /// <summary>Parts that failed after every retry.</summary>
    public int Failed { get; init; }

    /// <summary>Parts that were not begun, since too many failed in a row.</summary>
    public int NotBegun { get; init; }

    /// <summary>Images of the parts that are done.</summary>
    public int Images { get; init; }

    /// <summary>Work of the parts that are done, in the units of <see cref="WorkflowProgress.WorkDone"/>.</summary>
    public double Work { get; init; }

    /// <summary>The first failures, a sentence each.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];

    /// <summary>Failed parts by name, each with its reason, as many as a run may allow; a part that was several shards is counted and not named.</summary>
    public IReadOnlyList<FailedPart> Named { get; init; } = [];

    /// <summary>Both together.</summary>
    /// <param name="left">The earlier one, whose failures come first.</param>
    /// <param name="right">The later one.</param>
    public static FanOutOutcome operator +(FanOutOutcome left, FanOutOutcome right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new()
        {
            Done = left.Done + right.Done,
            Failed = left.Failed + right.Failed,
            NotBegun = left.NotBegun + right.NotBegun,
            Images = left.Images + right.Images,
            Work = left.Work + right.Work,
            Failures = right.Failures.Count == 0 ? left.Failures : [.. left.Failures.Concat(right.Failures).Take(FailuresKept)],
            Named = right.Named.Count == 0 ? left.Named : [.. left.Named.Concat(right.Named).Take(FailedShard.Most)],
        };
    }

    /// <summary>Throws when parts failed.</summary>
    /// <param name="phase">The stage.</param>
    /// <exception cref="ShardsFailedException">Some failed.</exception>
    internal void ThrowIfFailed(WorkflowPhase phase)
    {
        if (Failed > 0)
            throw new ShardsFailedException(phase, this);
    }

    internal static FanOutOutcome Failure(int parts, string name, string reason) => new()
    {
        Failed = parts,
        Failures = [ShortText.Of($"{name}: {reason}", LongestFailure)],
        Named = parts == 1 ? [new FailedPart(name, ShortText.Of(reason, FailedShard.LongestReason - 4))] : [],
    };
}

/// <summary>A part that failed for good.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="Reason">What went wrong.</param>
public sealed record FailedPart(string Name, string Reason);

/// <summary>What a part counts for.</summary>
/// <param name="Parts">Shards or surrogates, 1 or more.</param>
/// <param name="Images">Images.</param>
/// <param name="Work">Work, in the units of <see cref="WorkflowProgress.WorkDone"/>.</param>
internal readonly record struct FanOutSize(int Parts, int Images, double Work)
{
    public static FanOutSize operator +(FanOutSize left, FanOutSize right) =>
        new(left.Parts + right.Parts, left.Images + right.Images, left.Work + right.Work);
}

/// <summary>Some parts of a stage failed after every retry. What succeeded is stored; starting the run again repeats only the rest.</summary>
/// <param name="phase">The stage.</param>
/// <param name="outcome">What became of its parts; at least one failed.</param>
/// <param name="allowed">How many might have failed.</param>
public sealed class ShardsFailedException(WorkflowPhase phase, FanOutOutcome outcome, int allowed = 0)
    : Exception($"{outcome.Failed} of {outcome.Done + outcome.Failed + outcome.NotBegun} parts of stage {phase} failed"
        + $"{(outcome.NotBegun > 0 ? $" and {outcome.NotBegun} were not begun, since so many failed in a row" : "")}{(allowed > 0 ? $" (maxFailedShards allows {allowed}, where others are done)" : "")}; the first: {outcome.Failures[0]}")
{
    /// <summary>The first failures, a sentence each.</summary>
    public IReadOnlyList<string> Failures { get; } = outcome.Failures;
}
