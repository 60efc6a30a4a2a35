using DataCentric.Pipeline.Training;

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
    /// <param name="classes">Class index of each sample, where each class is ranked by itself and has its share of each role (<see cref="ClassShares"/>);
    /// null where there is one ranking of all.</param>
    /// <exception cref="InvalidDataException">There is not one score for each sample.</exception>
    public static EnhancementPlan Plan(
        Split split, CorruptionRequest corruptions, IReadOnlyList<ulong> keys, SampleScores scores, IReadOnlyList<int>? classes = null)
    {
        if (scores.Images.Length != keys.Count)
            throw new InvalidDataException($"{scores.Images.Length} scores for {keys.Count} samples; start the run again.");
        int[] order = [.. Enumerable.Range(0, keys.Count).OrderByDescending(index => scores.Images[index]).ThenBy(index => keys[index])];
        if (classes is not null)
            order = Balanced(split, order, classes);
        return Planner.Share(split, corruptions.CreateMix(), order, index => scores.Kinds[index]);
    }

    /// <summary>The clean samples of all classes, then their attacked ones, then their corrupted ones; within a class the order stays.</summary>
    private static int[] Balanced(Split split, int[] order, IReadOnlyList<int> classes)
    {
        var ranked = order.GroupBy(index => classes[index]).OrderBy(group => group.Key).Select(group => group.ToArray()).ToArray();
        var (clean, adversarial, corrupted) = split.SizesFor(order.Length);
        var shares = ClassShares.Of([.. ranked.Select(group => group.Length)], [clean, adversarial, corrupted]);
        return [.. Enumerable.Range(0, 3).SelectMany(role => ranked.Zip(shares, (group, share) => group.Skip(share.Take(role).Sum()).Take(share[role]))).SelectMany(part => part)];
    }
}

/// <summary>Scores of consecutive samples, see <see cref="EnsembleScore"/>. Stored whole for each shard and once more for the set.</summary>
/// <param name="Chooser">Hash of the ensemble that was asked.</param>
/// <param name="Images">Score of each clean image, in nats.</param>
/// <param name="Kinds">For each the kind with the highest score among its candidates, as its place in the mix; base64 in JSON; empty where nothing is corrupted.</param>
/// <param name="KindScores">Score of each image corrupted by that kind, in nats; empty where nothing is corrupted.</param>
internal sealed record SampleScores(string Chooser, float[] Images, byte[] Kinds, float[] KindScores)
{
    /// <summary>SHA-256 of what the surrogates see in a shard's samples, a file of its own; null where labels stay as they are, and of the whole set.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LabelsSha256 { get; init; }

    /// <summary>What the manifest tells of a sample.</summary>
    public SelectionEntry EntryOf(int index, bool isCorrupted) => new() { Score = Images[index], KindScore = isCorrupted ? KindScores[index] : null };
}

/// <summary>What chose roles and kinds. A plan, and the shards made by it, are valid for one chooser: other surrogates choose otherwise.</summary>
internal static class Chooser
{
    /// <summary>Hash of the ensemble that chose; empty where chance did.</summary>
    /// <param name="request">The request.</param>
    /// <param name="surrogates">The ensemble.</param>
    public static string Of(EnhancementRequest request, IReadOnlyList<TrainedModel> surrogates) =>
        request.Selection == SelectionRule.Random ? "" : EnsemblePool.HashOf(surrogates);
}
