using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Duplicates;

/// <summary>
/// The second stage of the search: finds pictures that show the same, moved or in other light. Every pair is compared by its coarse vectors,
/// low frequencies first, and the nearest partners of each picture by <see cref="FineDetail"/>.
/// </summary>
internal sealed class DetailSearch
{
    /// <summary>Least cosine of two coarse vectors that are looked at closer.</summary>
    private const float LeastCosine = 0.88f;

    /// <summary>Least correlation of near duplicates; docs/formats.md says how it was found.</summary>
    private const double LeastCorrelation = 0.65;

    /// <summary>Partners that are looked at closer; in some sets, such as clothes before black, nearly all are alike at first sight.</summary>
    private const int MostCandidates = 12;

    private const int HeadLength = 16;
    private const float LargestDistance = 2 * (1 - LeastCosine); // |a - b|² of vectors of length 1

    private readonly float[][] _vectors;
    private readonly Picture[] _pictures;
    private readonly float[] _heads; // the heads of all vectors in one array, which the processor reads ahead

    /// <summary>Prepares the search among some pictures.</summary>
    /// <param name="pictures">Of at most 32 x 32 pixels.</param>
    public DetailSearch(IReadOnlyList<Picture> pictures)
    {
        _pictures = [.. pictures];
        _vectors = [.. pictures.Select(picture => picture.Sketch.Coarse)];
        _heads = new float[pictures.Count * HeadLength];
        for (var number = 0; number < pictures.Count; number++)
            pictures[number].Sketch.WriteHead(_heads.AsSpan(number * HeadLength, HeadLength));
    }

    /// <summary>The picture with the most similar detail.</summary>
    /// <param name="picture">What is looked for.</param>
    /// <param name="count">So many of the pictures are looked at, from the first.</param>
    /// <param name="isWanted">Whether a picture, by its number, may be the answer.</param>
    /// <returns>Its number and the correlation, 0.65 to 1; null where none is similar enough.</returns>
    public (int Other, double Similarity)? MostSimilar(Picture picture, int count, Predicate<int> isWanted)
    {
        (int Other, double Similarity)? best = null;
        FineDetail? detail = null;
        foreach (var other in Candidates(picture.Sketch, count, isWanted))
        {
            var similarity = (detail ??= new(picture)).Correlation(_pictures[other]);
            if (similarity >= LeastCorrelation && similarity > (best?.Similarity ?? 0))
                best = (other, similarity);
        }

        return best;
    }

    /// <summary>The images whose vectors are nearest; fewer where fewer are near enough.</summary>
    private IEnumerable<int> Candidates(ImageSketch sketch, int count, Predicate<int> isWanted)
    {
        var nearest = new List<(float Cosine, int Other)>(MostCandidates + 1);
        Span<float> start = stackalloc float[HeadLength];
        sketch.WriteHead(start);
        if (start.IndexOfAnyExcept(0f) < 0)
            return [];
        var (luma, rest) = (Vector256.Create<float>(start), Vector256.Create<float>(start[Vector256<float>.Count..]));
        for (var other = 0; other < count; other++)
        {
            var difference = luma - Vector256.LoadUnsafe(ref _heads[other * HeadLength]);
            var squares = difference * difference;
            if (Vector256.Sum(squares) > LargestDistance)
                continue;
            difference = rest - Vector256.LoadUnsafe(ref _heads[(other * HeadLength) + Vector256<float>.Count]);
            if (Vector256.Sum(squares + (difference * difference)) > LargestDistance)
                continue;
            var cosine = TensorPrimitives.Dot<float>(sketch.Coarse, _vectors[other]);
            if (cosine < LeastCosine || (nearest.Count == MostCandidates && cosine <= nearest[^1].Cosine) || !isWanted(other))
                continue;
            nearest.Insert(nearest.FindLastIndex(near => near.Cosine >= cosine) + 1, (cosine, other));
            if (nearest.Count > MostCandidates)
                nearest.RemoveAt(MostCandidates);
        }

        return nearest.Select(near => near.Other);
    }
}
