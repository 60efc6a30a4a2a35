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
        var order = new int[keys.Count];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(order, (left, right) => scores.Images[right].CompareTo(scores.Images[left]) is not 0 and var byScore ? byScore : keys[left].CompareTo(keys[right]));
        var assignments = new byte[order.Length];
        var ranks = new Ranks(split, order.Length, classes);
        foreach (var index in order)
        {
            assignments[index] = ranks.Next(index) switch
            {
                SampleRole.Clean => EnhancementPlan.CleanCode,
                SampleRole.Adversarial => EnhancementPlan.AdversarialCode,
                _ => (byte)(EnhancementPlan.FirstKindCode + scores.Kinds[index]),
            };
        }

        return new EnhancementPlan([.. corruptions.CreateMix().Corruptions.Select(corruption => corruption.Name)], assignments);
    }

    /// <summary>Roles by rank: among all, or in each class, the first are clean, the next attacked, the last corrupted.</summary>
    private sealed class Ranks
    {
        private readonly IReadOnlyList<int>? _classes;
        private readonly Dictionary<int, int[]> _left = [];

        public Ranks(Split split, int count, IReadOnlyList<int>? classes)
        {
            _classes = classes;
            var (clean, adversarial, corrupted) = split.SizesFor(count);
            int[] sizes = [clean, adversarial, corrupted];
            if (classes is null)
            {
                _left[0] = sizes;
                return;
            }

            var members = new SortedDictionary<int, int>();
            foreach (var label in classes)
                members[label] = members.GetValueOrDefault(label) + 1;
            foreach (var (label, share) in members.Keys.Zip(ClassShares.Of([.. members.Values], sizes)))
                _left[label] = [.. share];
        }

        /// <summary>The role of the sample that comes next in the ranking.</summary>
        public SampleRole Next(int index)
        {
            var left = _left[_classes?[index] ?? 0];
            var role = left[0] > 0 ? 0 : left[1] > 0 ? 1 : 2;
            left[role]--;
            return (SampleRole)role;
        }
    }
}

/// <summary>Scores of consecutive samples, see <see cref="EnsembleScore"/>. Stored for each shard.</summary>
/// <param name="Chooser">Hash of the ensemble that was asked.</param>
/// <param name="Images">Score of each clean image, in nats.</param>
/// <param name="Kinds">For each the kind with the highest score among its candidates, as its place in the mix; base64 in JSON; empty where nothing is corrupted.</param>
/// <param name="KindScores">Score of each image corrupted by that kind, in nats; empty where nothing is corrupted.</param>
internal sealed record SampleScores(string Chooser, float[] Images, byte[] Kinds, float[] KindScores)
{
    /// <summary>SHA-256 of what the surrogates see in a shard's samples, a file of its own; null where labels stay as they are.</summary>
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
