namespace DataCentric.Pipeline.Hosting;

/// <summary>An activity failed after every try, on a host that carries exceptions as text.</summary>
/// <param name="activity">Name of the activity.</param>
/// <param name="reason">What went wrong there.</param>
/// <param name="inner">What the host threw.</param>
public sealed class ActivityFailedException(string activity, string reason, Exception inner) : Exception($"{activity}: {reason}", inner);
