namespace DataCentric.Pipeline.Results;

/// <summary>What a selection by scores came to: mean scores in nats, null for a role that no sample has.</summary>
/// <param name="Clean">Of the samples that stayed clean.</param>
/// <param name="Adversarial">Of the samples that were attacked, as they were before.</param>
/// <param name="Corrupted">Of the samples that were corrupted, as they were before.</param>
/// <param name="Kinds">Of the samples that were corrupted, as they are now.</param>
public sealed record SelectionSummary(double? Clean, double? Adversarial, double? Corrupted, double? Kinds);
