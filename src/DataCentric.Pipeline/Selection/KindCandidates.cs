using DataCentric.Imaging.Corruptions;
using DataCentric.Randomness;

namespace DataCentric.Pipeline.Selection;

/// <summary>
/// The kinds of corruption that are tried on a sample: drawn from the mix until they are so many different ones. The first is the kind
/// that random selection gives the sample.
/// </summary>
/// <param name="mix">Kinds and their chances.</param>
/// <param name="seed">Seed of the run.</param>
public sealed class KindCandidates(CorruptionMix mix, ulong seed)
{
    /// <summary>Kinds that are tried, where the mix has as many. Few, so that kinds that are always hard do not push out all others.</summary>
    public const int Most = 4;

    private readonly Dictionary<int, int> _places = mix.Corruptions.Select((corruption, place) => (corruption.Code, place)).ToDictionary();

    /// <summary>Kinds that are tried on each sample.</summary>
    public int Count { get; } = Math.Min(Most, mix.Weights.Count(weight => weight > 0));

    /// <summary>The kinds to try on a sample.</summary>
    /// <param name="key">Number of the sample in its source.</param>
    /// <returns>Different places in the mix, in the order they were drawn.</returns>
    public int[] Of(ulong key)
    {
        var random = new CounterRandom(seed, key, RandomStage.Kind);
        var drawn = new List<int>(Count);
        while (drawn.Count < Count)
        {
            var place = _places[mix.Pick(ref random).Code];
            if (!drawn.Contains(place))
                drawn.Add(place);
        }

        return [.. drawn];
    }
}
