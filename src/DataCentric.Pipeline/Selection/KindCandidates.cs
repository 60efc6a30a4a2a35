using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Corruptions.Primitives;
using DataCentric.Randomness;

namespace DataCentric.Pipeline.Selection;

/// <summary>
/// The kinds of corruption that are tried on a sample: drawn from the mix until they are so many different ones. The first is the kind
/// that random selection gives the sample.
/// </summary>
/// <param name="mix">Kinds and their chances.</param>
/// <param name="seed">Seed of the run.</param>
/// <param name="most">Kinds to try, where the mix has as many.</param>
public sealed class KindCandidates(CorruptionMix mix, ulong seed, int most)
{
    private readonly Dictionary<int, int> _places = mix.Corruptions.Select((corruption, place) => (corruption.Code, place)).ToDictionary();

    /// <summary>Kinds that are tried on each sample.</summary>
    public int Count { get; } = Math.Min(most, mix.Weights.Count(weight => weight > 0));

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

/// <summary>Tries the candidate kinds on images and finds for each the one of which the surrogates are least sure.</summary>
/// <param name="request">The request.</param>
/// <param name="shape">Shape of the images.</param>
/// <param name="score">Scores as many images as it is given pixels of.</param>
internal sealed class KindTrials(EnhancementRequest request, ImageShape shape, Func<byte[], float[]> score)
{
    private readonly CorruptionMix _mix = request.Corruptions.CreateMix();
    private readonly CorruptionScratch _scratch = new();

    /// <summary>Tries one batch: all first candidates together, then all second ones, and so on.</summary>
    /// <param name="keys">Keys of the samples.</param>
    /// <param name="pixels">Their pixels, N x H x W x 3 bytes.</param>
    /// <returns>For each sample the kind, as its place in the mix, and the score; of equal scores the candidate drawn first.</returns>
    public (byte Kind, float Score)[] Run(ReadOnlySpan<ulong> keys, byte[] pixels)
    {
        var candidates = new KindCandidates(_mix, request.Seed, request.MostKindCandidates);
        var kinds = new int[keys.Length][];
        for (var n = 0; n < keys.Length; n++)
            kinds[n] = candidates.Of(keys[n]);

        var best = new (byte Kind, float Score)[keys.Length];
        var corrupted = new byte[pixels.Length];
        for (var trial = 0; trial < candidates.Count; trial++)
        {
            for (var n = 0; n < keys.Length; n++)
                Corrupt(keys[n], kinds[n][trial], pixels.AsSpan(n * shape.ByteLength, shape.ByteLength), corrupted.AsSpan(n * shape.ByteLength, shape.ByteLength));
            var scores = score(corrupted);
            for (var n = 0; n < keys.Length; n++)
            {
                if (trial == 0 || scores[n] > best[n].Score)
                    best[n] = ((byte)kinds[n][trial], scores[n]);
            }
        }

        return best;
    }

    private void Corrupt(ulong key, int kind, ReadOnlySpan<byte> from, Span<byte> to) =>
        Corrupter.Apply(request.Seed, key, _mix.Corruptions[kind], from, to, shape, _scratch);
}
