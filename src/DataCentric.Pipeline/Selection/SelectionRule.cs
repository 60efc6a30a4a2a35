namespace DataCentric.Pipeline.Selection;

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
