namespace DataCentric.Pipeline.Results;

/// <summary>The scores that chose a sample's role and kind, in nats, by the rule of the run's <c>selection</c>.</summary>
public sealed record SelectionEntry
{
    /// <summary>Score of the clean image; it decided the role.</summary>
    public required float Score { get; init; }

    /// <summary>Score of the corrupted image, the highest among those of the kinds that were tried; null unless corrupted.</summary>
    public float? KindScore { get; init; }
}
