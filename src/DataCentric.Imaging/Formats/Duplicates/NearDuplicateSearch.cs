using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Formats.Duplicates;

/// <summary>
/// Finds images that show the same in two sets, or twice in one. Every pair is compared by its short vectors, coarse terms first, and
/// the nearest partners of each image by <see cref="FineDetail"/>. Pairs that are equal in every pixel are not near duplicates.
/// </summary>
internal static class NearDuplicateSearch
{
    /// <summary>Least cosine of two vectors that are looked at closer.</summary>
    private const float LeastCosine = 0.88f;

    /// <summary>Least correlation of near duplicates; docs/formats.md says how it was found.</summary>
    private const double LeastCorrelation = 0.65;

    /// <summary>Partners of an image that are looked at closer; in some sets, such as clothes before black, nearly all are alike at first sight.</summary>
    private const int MostCandidates = 12;

    private const int HeadLength = 8;
    private const float LargestDistance = 2 * (1 - LeastCosine); // |a - b|² of vectors of length 1

    /// <summary>The best partner of each image that has one among the earlier images of the set.</summary>
    public static IReadOnlyList<NearPair> Within(ImageIndex set, CancellationToken cancellationToken) =>
        Search(set, set, image => image, cancellationToken);

    /// <summary>The best partner of each image that has one in another set.</summary>
    public static IReadOnlyList<NearPair> Between(ImageIndex set, ImageIndex others, CancellationToken cancellationToken) =>
        Search(set, others, _ => others.Count, cancellationToken);

    private static NearPair[] Search(ImageIndex set, ImageIndex others, Func<int, int> candidates, CancellationToken cancellationToken)
    {
        var heads = HeadsOf(others);
        var found = new NearPair?[set.Count];
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, set.Count, options, image => found[image] = BestOf(image, set, others, heads, candidates(image)));
        return [.. found.OfType<NearPair>()];
    }

    private static NearPair? BestOf(int image, ImageIndex set, ImageIndex others, float[] heads, int count)
    {
        NearPair? best = null;
        foreach (var other in Candidates(image, set, others, heads, count))
        {
            var similarity = FineDetail.Correlation(set.Grey(image), others.Grey(other));
            if (similarity >= LeastCorrelation && similarity > (best?.Similarity ?? 0))
                best = new(image, other, similarity);
        }

        return best;
    }

    /// <summary>The images whose vectors are nearest; fewer where fewer are near enough.</summary>
    private static IEnumerable<int> Candidates(int image, ImageIndex set, ImageIndex others, float[] heads, int count)
    {
        var vector = set.Vector(image);
        var nearest = new List<(float Cosine, int Other)>(MostCandidates + 1);
        if (vector[..HeadLength].IndexOfAnyExcept(0f) < 0)
            return [];
        var head = Vector256.Create(vector[..HeadLength]);
        for (var other = 0; other < count; other++)
        {
            var difference = head - Vector256.LoadUnsafe(ref heads[other * HeadLength]);
            if (Vector256.Sum(difference * difference) > LargestDistance)
                continue;
            var cosine = TensorPrimitives.Dot(vector, others.Vector(other));
            if (cosine < LeastCosine || (nearest.Count == MostCandidates && cosine <= nearest[^1].Cosine) || set.Hash(image) == others.Hash(other))
                continue;
            nearest.Insert(nearest.FindLastIndex(near => near.Cosine >= cosine) + 1, (cosine, other));
            if (nearest.Count > MostCandidates)
                nearest.RemoveAt(MostCandidates);
        }

        return nearest.Select(near => near.Other);
    }

    /// <summary>The first terms of all vectors in one array, which the processor reads ahead.</summary>
    private static float[] HeadsOf(ImageIndex set)
    {
        var heads = new float[set.Count * HeadLength];
        for (var image = 0; image < set.Count; image++)
            set.Vector(image)[..HeadLength].CopyTo(heads.AsSpan(image * HeadLength));
        return heads;
    }
}
