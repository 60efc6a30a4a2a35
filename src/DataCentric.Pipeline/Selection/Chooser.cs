using DataCentric.Pipeline.Training;

namespace DataCentric.Pipeline.Selection;

/// <summary>What chose roles and kinds. A plan, and the shards made by it, are valid for one chooser: other surrogates choose otherwise.</summary>
internal static class Chooser
{
    /// <summary>Hash of the ensemble that chose; empty where chance did.</summary>
    /// <param name="request">The request.</param>
    /// <param name="surrogates">The ensemble.</param>
    public static string Of(EnhancementRequest request, IReadOnlyList<TrainedModel> surrogates) =>
        request.Selection == SelectionRule.Random ? "" : EnsemblePool.HashOf(surrogates);
}
