using DataCentric.Pipeline.Requests;
using DataCentric.Randomness;

namespace DataCentric.Pipeline.Planning;

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
        var (clean, adversarial, _) = split.SizesFor(keys.Count);
        var order = new int[keys.Count];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        new CounterRandom(seed, 0, RandomStage.Split).Shuffle<int>(order);

        var mix = corruptions.CreateMix();
        var codes = mix.Corruptions.Select((corruption, number) => (corruption.Code, number)).ToDictionary();
        var assignments = new byte[keys.Count];
        for (var rank = 0; rank < order.Length; rank++)
        {
            var index = order[rank];
            assignments[index] = rank < clean ? EnhancementPlan.CleanCode
                : rank < clean + adversarial ? EnhancementPlan.AdversarialCode
                : (byte)(EnhancementPlan.FirstKindCode + codes[mix.Pick(seed, keys[index]).Code]);
        }

        return new EnhancementPlan([.. mix.Corruptions.Select(corruption => corruption.Name)], assignments);
    }
}
