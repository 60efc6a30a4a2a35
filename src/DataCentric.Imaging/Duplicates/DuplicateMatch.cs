namespace DataCentric.Imaging.Duplicates;

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
