namespace DataCentric.Pipeline.Results;

/// <summary>A try of some work that failed and was repeated.</summary>
/// <param name="Part">The work, such as <c>shard adversarial-000000000-000064</c>.</param>
/// <param name="Reason">What went wrong.</param>
public sealed record FailedTry(string Part, string Reason);
