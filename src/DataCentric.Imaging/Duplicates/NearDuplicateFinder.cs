namespace DataCentric.Imaging.Duplicates;

/// <summary>
/// Finds images of one set that other sets hold, too, as they are or mirrored, exactly or with nearly the same pixels: the root mean square
/// of the differences is at most 10 levels and at most a fifth of the image's own contrast. That finds copies, other JPEG qualities and
/// slight changes of brightness, but not shifts, crops and strong changes of light. It is the first stage of the search that data sets are
/// inspected with, on all pixels; the second one calls pictures of one kind alike (half of Fashion-MNIST), and nothing may be left out for that.
/// </summary>
public sealed class NearDuplicateFinder
{
    private readonly ImageSet _images;
    private readonly Picture[] _pictures;
    private readonly Picture[] _mirrored;
    private readonly DuplicateMatch?[] _best;

    /// <summary>Prepares the search.</summary>
    /// <param name="images">The images that are looked for.</param>
    public NearDuplicateFinder(ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(images);
        _images = images;
        _best = new DuplicateMatch?[images.Count];
        _pictures = PicturesOf(images, CancellationToken.None);
        _mirrored = [.. _pictures.AsParallel().AsOrdered().Select(picture => picture.Mirrored())];
    }

    /// <summary>For each image that was found so far its best match, in the order of the images.</summary>
    public IReadOnlyList<DuplicateMatch> Found => [.. _best.OfType<DuplicateMatch>()];

    /// <summary>Looks for the images in a set.</summary>
    /// <param name="set">Images of the same shape.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    /// <exception cref="InputException">The shapes differ.</exception>
    public void Search(ImageSet set, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.Shape != _images.Shape)
            throw new InputException($"Images of {set.Shape} cannot be compared with images of {_images.Shape}.");
        var search = new PixelSearch(PicturesOf(set, cancellationToken));
        Parallel.For(0, _images.Count, new ParallelOptions { CancellationToken = cancellationToken }, index =>
        {
            Match(index, _pictures[index], false, search, set);
            Match(index, _mirrored[index], true, search, set);
        });
    }

    private static Picture[] PicturesOf(ImageSet set, CancellationToken cancellationToken)
    {
        var pictures = new Picture[set.Count];
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, set.Count, options, n => pictures[n] = new(set.Pixels.AsMemory(n * set.Shape.ByteLength, set.Shape.ByteLength), set.Shape));
        return pictures;
    }

    /// <summary>Keeps the nearest image of the set if it is nearer than what was found before.</summary>
    private void Match(int index, Picture picture, bool mirrored, PixelSearch search, ImageSet set)
    {
        var nearest = _best[index]?.Distance ?? double.MaxValue;
        if (search.Nearest(picture, Math.Min(nearest, PixelSearch.Limit(_pictures[index])), _ => true) is { } near && near.Distance < nearest)
            _best[index] = new(index, _images.SourceIds[index], set.SourceIds[near.Other], mirrored, near.Distance);
    }
}

/// <summary>An image of one set that another set holds, too.</summary>
/// <param name="Index">Number of the image that was looked for.</param>
/// <param name="Image">Its source record.</param>
/// <param name="Match">Source record of the image that is most like it.</param>
/// <param name="Mirrored">Whether the match is its mirror image.</param>
/// <param name="Distance">Root mean square of the differences, in levels of 0..255; 0 for equal pixels.</param>
public sealed record DuplicateMatch(int Index, string Image, string Match, bool Mirrored, double Distance)
{
    /// <summary>Whether all pixels are equal.</summary>
    public bool IsExact => Distance == 0;
}
