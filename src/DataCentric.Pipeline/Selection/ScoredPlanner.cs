namespace DataCentric.Pipeline.Selection;

/// <summary>
/// Decides who becomes what by scores. The surer the surrogates are of an image, the more is done to it: the highest scores stay clean,
/// as the winner of the paper's competition had it, the next are attacked, which keeps within a budget, and the lowest are corrupted, which
/// keeps within none. Pure: the same keys and scores give the same plan.
/// </summary>
internal static class ScoredPlanner
{
    /// <summary>Shares out roles (exact sizes; equal scores by ascending key) and the kinds that scored highest.</summary>
    /// <param name="split">Shares of the roles.</param>
    /// <param name="corruptions">Kinds and their weights.</param>
    /// <param name="keys">Key of each sample: its number in the source.</param>
    /// <param name="scores">Score of each sample.</param>
    /// <exception cref="InvalidDataException">There is not one score for each sample.</exception>
    public static EnhancementPlan Plan(Split split, CorruptionRequest corruptions, IReadOnlyList<ulong> keys, SampleScores scores)
    {
        if (scores.Images.Length != keys.Count)
            throw new InvalidDataException($"{scores.Images.Length} scores for {keys.Count} samples; start the run again.");
        int[] order = [.. Enumerable.Range(0, keys.Count).OrderByDescending(index => scores.Images[index]).ThenBy(index => keys[index])];
        return Planner.Share(split, corruptions.CreateMix(), order, index => scores.Kinds[index]);
    }
}
