namespace DataCentric.Pipeline.Model;

/// <summary>By what samples get their roles, and corrupted ones their kind (docs/selection.md).</summary>
public enum SelectionRule
{
    /// <summary>By chance (Zhong et al. 2022).</summary>
    Random,

    /// <summary>By the entropy of the surrogates' mean prediction: how unsure they are together.</summary>
    Entropy,

    /// <summary>By the mutual information of prediction and surrogate: how far they contradict each other (Houlsby et al. 2011).</summary>
    Disagreement,
}

/// <summary>Among whom scores are compared, where a selection is by scores. By chance every class has about its share anyway.</summary>
public enum SelectionBalance
{
    /// <summary>Among all samples: a class of clear images is corrupted more than others. What was done before there was a choice.</summary>
    None,

    /// <summary>Among the samples of a class, and each class has its share of each role.</summary>
    Classes,
}

/// <summary>What labels become (docs/selection.md).</summary>
public enum LabelRule
{
    /// <summary>They stay as they are.</summary>
    Source,

    /// <summary>About half of each is what the surrogates see in the clean image (Hinton et al. 2015).</summary>
    Distilled,
}

/// <summary>The scores that chose a sample's role and kind, in nats, by the rule of the run's <c>selection</c>.</summary>
internal sealed record SelectionEntry
{
    /// <summary>Score of the clean image; it decided the role.</summary>
    public required float Score { get; init; }

    /// <summary>Score of the corrupted image, the highest among those of the kinds that were tried; null unless corrupted.</summary>
    public float? KindScore { get; init; }
}

/// <summary>What a selection by scores came to: mean scores in nats, null for a role that no sample has.</summary>
/// <param name="Clean">Of the samples that stayed clean.</param>
/// <param name="Adversarial">Of the samples that were attacked, as they were before.</param>
/// <param name="Corrupted">Of the samples that were corrupted, as they were before.</param>
/// <param name="Kinds">Of the samples that were corrupted, as they are now.</param>
public sealed record SelectionSummary(double? Clean, double? Adversarial, double? Corrupted, double? Kinds);
