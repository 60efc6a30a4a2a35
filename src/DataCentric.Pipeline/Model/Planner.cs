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
        var draw = new PlanDraw(seed, split, corruptions, keys.Count);
        foreach (var key in keys)
            draw.Next(key);
        return draw.ToPlan();
    }
}

/// <summary>
/// A plan by chance, drawn sample by sample in set order, so that nobody needs the keys of all at once. Holds 5 bytes for each sample while it is made, 1 from
/// then on.
/// </summary>
internal sealed class PlanDraw
{
    private readonly ulong _seed;
    private readonly CorruptionMix _mix;
    private readonly Dictionary<int, int> _places;
    private readonly byte[] _assignments;
    private int _next;

    /// <summary>Draws the roles.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="split">Shares of the roles.</param>
    /// <param name="corruptions">Kinds and their weights.</param>
    /// <param name="count">Number of samples.</param>
    public PlanDraw(ulong seed, Split split, CorruptionRequest corruptions, int count)
    {
        (_seed, _mix) = (seed, corruptions.CreateMix());
        _places = _mix.Corruptions.Select((corruption, place) => (corruption.Code, place)).ToDictionary();
        var order = new int[count];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        new CounterRandom(seed, 0, RandomStage.Split).Shuffle<int>(order);
        _assignments = new byte[count];
        var (clean, adversarial, _) = split.SizesFor(count);
        for (var rank = clean; rank < count; rank++)
            _assignments[order[rank]] = rank < clean + adversarial ? EnhancementPlan.AdversarialCode : EnhancementPlan.FirstKindCode;
    }

    /// <summary>Draws the kind of the next sample, where it is corrupted.</summary>
    /// <param name="key">Its number in the source.</param>
    /// <returns>The code of the plan.</returns>
    public byte Next(ulong key)
    {
        ref var code = ref _assignments[_next++];
        if (code == EnhancementPlan.FirstKindCode)
            code = (byte)(EnhancementPlan.FirstKindCode + _places[_mix.Pick(_seed, key).Code]);
        return code;
    }

    /// <summary>The plan, once each sample was drawn.</summary>
    public EnhancementPlan ToPlan() => new([.. _mix.Corruptions.Select(corruption => corruption.Name)], _assignments);
}
