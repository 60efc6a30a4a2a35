using DataCentric.Imaging.Pictures;

namespace DataCentric.Imaging.Formats;

/// <summary>Leaves broken pictures out of a listing.</summary>
/// <param name="Listing">The pictures that are whole, at least one.</param>
/// <param name="LeftOut">Paths of the others below the set.</param>
internal sealed record WholePictures(PictureListing Listing, IReadOnlyList<string> LeftOut)
{
    private const int Named = 5;

    /// <summary>Decodes every picture once: only that tells which are whole.</summary>
    /// <param name="listing">All pictures.</param>
    /// <param name="decoder">Decodes.</param>
    /// <exception cref="InputException">None is whole, or one is refused for another reason, which another option mends.</exception>
    public static WholePictures Of(PictureListing listing, PictureDecoder decoder)
    {
        var problems = new string?[listing.Pictures.Count];
        Parallel.For(0, problems.Length, PictureSetReader.Threads, n => problems[n] = ProblemOf(listing.Pictures[n], decoder));
        ListedPicture[] whole = [.. listing.Pictures.Where((_, n) => problems[n] is null)];
        string[] broken = [.. problems.OfType<string>()];
        if (broken.Length == 0)
            return new(listing, []);
        if (whole.Length == 0)
            throw new InputException($"{broken[0]} None of the {broken.Length} pictures is whole.");
        var more = broken.Length > Named ? $" And {broken.Length - Named} more." : "";
        var remark = $"{broken.Length} broken picture{(broken.Length == 1 ? " was" : "s were")} left out: {string.Join(' ', broken.Take(Named))}{more}";
        return new(listing with { Pictures = whole, Remarks = [.. listing.Remarks, remark] }, [.. listing.Pictures.Where((_, n) => problems[n] is not null).Select(picture => picture.SourceId)]);
    }

    private static string? ProblemOf(ListedPicture picture, PictureDecoder decoder)
    {
        try
        {
            decoder.RequireWhole(picture.Read(), picture.Path);
            return null;
        }
        catch (BrokenImageException broken)
        {
            return broken.Message;
        }
    }
}
