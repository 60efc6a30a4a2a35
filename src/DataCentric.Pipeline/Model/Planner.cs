using DataCentric.Imaging.Corruptions;
using DataCentric.Randomness;

namespace DataCentric.Pipeline.Model;

/// <summary>Decides who is taken and who becomes what. Pure: the same seed, options and sample keys give the same plan.</summary>
public static class Planner
{
    /// <summary>
    /// Numbers of the samples that a limit takes, ascending: a simple random sample without replacement by selection sampling
    /// (Knuth, TAOCP vol. 2, 3.4.2, algorithm S).
    /// </summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="available">Samples in the source.</param>
    /// <param name="limit">Samples wanted; null or more than there are takes all.</param>
    public static IEnumerable<int> Select(ulong seed, int available, int? limit)
    {
        var random = new CounterRandom(seed, 0, RandomStage.Selection);
        var wanted = Math.Min(limit ?? available, available);
        for (var index = 0; index < available && wanted > 0; index++)
        {
            if (wanted < available - index && random.Below(available - index) >= wanted)
                continue;
            wanted--;
            yield return index;
        }
    }

    /// <summary>Shares out roles (exact sizes, random members) and kinds (independent draws from the mix).</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="split">Shares of the roles.</param>
    /// <param name="corruptions">Kinds and their weights.</param>
    /// <param name="keys">Key of each sample: its number in the source.</param>
    public static EnhancementPlan Plan(ulong seed, Split split, CorruptionRequest corruptions, IReadOnlyList<ulong> keys)
    {
        ArgumentNullException.ThrowIfNull(corruptions);
        ArgumentNullException.ThrowIfNull(keys);
        var order = new int[keys.Count];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        new CounterRandom(seed, 0, RandomStage.Split).Shuffle<int>(order);

        var mix = corruptions.CreateMix();
        var places = mix.Corruptions.Select((corruption, place) => (corruption.Code, place)).ToDictionary();
        return Share(split, mix, order, index => places[mix.Pick(seed, keys[index]).Code]);
    }

    /// <summary>Shares out roles along an order: the first stay clean, the next are attacked, the last are corrupted.</summary>
    /// <param name="split">Shares of the roles.</param>
    /// <param name="mix">Kinds of corruption.</param>
    /// <param name="order">Numbers in the set of all samples.</param>
    /// <param name="kindOf">Place in the mix of a corrupted sample's kind, by the sample's number in the set.</param>
    internal static EnhancementPlan Share(Split split, CorruptionMix mix, IReadOnlyList<int> order, Func<int, int> kindOf)
    {
        var (clean, adversarial, _) = split.SizesFor(order.Count);
        var assignments = new byte[order.Count];
        for (var rank = 0; rank < order.Count; rank++)
        {
            var index = order[rank];
            assignments[index] = rank < clean ? EnhancementPlan.CleanCode
                : rank < clean + adversarial ? EnhancementPlan.AdversarialCode
                : (byte)(EnhancementPlan.FirstKindCode + kindOf(index));
        }

        return new EnhancementPlan([.. mix.Corruptions.Select(corruption => corruption.Name)], assignments);
    }
}
