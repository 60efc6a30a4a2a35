using DataCentric.Randomness;

namespace DataCentric.Pipeline.Scoring.TestSets;

/// <summary>Shares out images in equal shares that differ by one image at most, at random.</summary>
internal static class Assignment
{
    /// <summary>The group of each image: the images in a random order are dealt out to the groups in turn.</summary>
    /// <param name="seed">Seed of the test sets.</param>
    /// <param name="count">Number of images.</param>
    /// <param name="groups">Number of groups, at least 1.</param>
    /// <param name="variant">Tells apart the assignments of one seed.</param>
    public static int[] Deal(ulong seed, int count, int groups, int variant)
    {
        var order = Enumerable.Range(0, count).ToArray();
        new CounterRandom(seed, 0, RandomStage.TestSet, variant).Shuffle<int>(order);
        var dealt = new int[count];
        for (var rank = 0; rank < count; rank++)
            dealt[order[rank]] = rank % groups;
        return dealt;
    }
}
