namespace DataCentric.Imaging.Duplicates;

/// <summary>
/// Finds images that show the same in two sets, or twice in one, as they are or mirrored: by both stages, <see cref="PixelSearch"/> and, where
/// that finds nothing, <see cref="DetailSearch"/>. Pairs that are equal in every pixel are not near duplicates.
/// </summary>
internal sealed class NearDuplicateSearch
{
    private const int ReportedTogether = 64;

    private readonly ImageIndex _set;
    private readonly ImageIndex _others;
    private readonly PixelSearch _pixels;
    private readonly DetailSearch _details;

    private NearDuplicateSearch(ImageIndex set, ImageIndex others) =>
        (_set, _others, _pixels, _details) = (set, others, new(others.Pictures), new(others.Pictures));

    /// <summary>The best partner of each image that has one among the earlier images of the set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="report">Told how many images are done, and of how many; by several threads at once.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    public static IReadOnlyList<NearPair> Within(ImageIndex set, Action<int, int>? report, CancellationToken cancellationToken) =>
        new NearDuplicateSearch(set, set).Search(image => image, report, cancellationToken);

    /// <summary>The best partner of each image that has one in another set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="others">The other set.</param>
    /// <param name="report">Told how many images are done, and of how many; by several threads at once.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    public static IReadOnlyList<NearPair> Between(ImageIndex set, ImageIndex others, Action<int, int>? report, CancellationToken cancellationToken) =>
        new NearDuplicateSearch(set, others).Search(_ => others.Count, report, cancellationToken);

    private NearPair[] Search(Func<int, int> candidates, Action<int, int>? report, CancellationToken cancellationToken)
    {
        var found = new NearPair?[_set.Count];
        var done = 0;
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, _set.Count, options, image =>
        {
            found[image] = BestOf(image, candidates(image));
            if (Interlocked.Increment(ref done) is var many && (many % ReportedTogether == 0 || many == _set.Count))
                report?.Invoke(many, _set.Count);
        });
        return [.. found.OfType<NearPair>()];
    }

    private NearPair? BestOf(int image, int count)
    {
        var picture = _set.Pictures[image];
        var mirrored = picture.Mirrored();
        return ByPixels(image, count, picture, mirrored) ?? ByDetail(image, count, picture, mirrored);
    }

    private NearPair? ByPixels(int image, int count, Picture picture, Picture mirrored)
    {
        var limit = PixelSearch.Limit(picture);
        var plain = _pixels.Nearest(picture, limit, other => IsWanted(image, other, count));
        var turned = _pixels.Nearest(mirrored, plain?.Distance ?? limit, other => IsWanted(image, other, count));
        var isMirrored = turned?.Distance < (plain?.Distance ?? double.MaxValue);
        return (isMirrored ? turned : plain) is { } near
            ? new(image, near.Other, isMirrored, new FineDetail(isMirrored ? mirrored : picture).Correlation(_others.Pictures[near.Other]))
            : null;
    }

    private NearPair? ByDetail(int image, int count, Picture picture, Picture mirrored)
    {
        var plain = _details.MostSimilar(picture, count, other => IsWanted(image, other, count));
        var turned = _details.MostSimilar(mirrored, count, other => IsWanted(image, other, count));
        var isMirrored = turned?.Similarity > (plain?.Similarity ?? 0);
        return (isMirrored ? turned : plain) is { } near ? new(image, near.Other, isMirrored, near.Similarity) : null;
    }

    private bool IsWanted(int image, int other, int count) => other < count && _set.Hash(image) != _others.Hash(other);
}

/// <summary>Two images that show the same.</summary>
/// <param name="Image">Number of the image that was asked about.</param>
/// <param name="Other">Number of the one it resembles.</param>
/// <param name="Mirrored">Whether it resembles its mirror image.</param>
/// <param name="Similarity">Correlation of their fine detail, up to 1.</param>
internal readonly record struct NearPair(int Image, int Other, bool Mirrored, double Similarity);
