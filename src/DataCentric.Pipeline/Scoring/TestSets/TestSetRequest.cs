namespace DataCentric.Pipeline.Scoring.TestSets;

/// <summary>Which test sets are wanted.</summary>
/// <param name="Dataset">Clean test images.</param>
/// <param name="Training">Training sets that the test images are looked for in; held-out networks are trained on the first.</param>
/// <param name="Options">How they are made.</param>
public sealed record TestSetRequest(string Dataset, IReadOnlyList<string> Training, TestSetOptions Options)
{
    /// <summary>Model files of held-out networks; empty where they are to be trained.</summary>
    public IReadOnlyList<string> Attackers { get; init; } = [];
}
