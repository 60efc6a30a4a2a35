using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Pictures;

namespace DataCentric.Imaging.Inspection;

/// <summary>What a data set is. Serialises to JSON as it stands.</summary>
/// <param name="Format">Name of the format.</param>
/// <param name="Count">Number of images.</param>
/// <param name="Height">Rows of every image as it is delivered.</param>
/// <param name="Width">Columns of every image as it is delivered.</param>
/// <param name="HasSoftLabels">Whether labels are class probabilities; counts then go by the largest one.</param>
/// <param name="Classes">Images of each class, in label order, those of another size with them.</param>
/// <param name="ChannelMeans">Mean of red, green, blue over all pixels, in levels of 0..255.</param>
/// <param name="ChannelDeviations">Standard deviation (of the population) of red, green, blue over all pixels, in levels.</param>
/// <param name="ConstantImages">Images that are one colour all over.</param>
/// <param name="Duplicates">Images that repeat others.</param>
/// <param name="NearDuplicates">Images that show the same as earlier ones; null where the set is too large to look for them.</param>
/// <param name="Broken">Images that cannot be read and are not counted above.</param>
/// <param name="OtherSizes">Images that are whole, but of another size than the first, and are not counted above.</param>
/// <param name="Pictures">Kinds of picture files; null where images are not files.</param>
/// <param name="Remarks">What else there is to know: files that are left out, classes without any image, pictures that ask to be shown turned.</param>
/// <param name="Against">What the set has in common with another one; null where none was named.</param>
public sealed record DataSetInspection(
    string Format,
    int Count,
    int Height,
    int Width,
    bool HasSoftLabels,
    IReadOnlyList<ClassCount> Classes,
    IReadOnlyList<double> ChannelMeans,
    IReadOnlyList<double> ChannelDeviations,
    int ConstantImages,
    DuplicateCount Duplicates,
    NearDuplicateCount? NearDuplicates,
    IReadOnlyList<LeftOutImage> Broken,
    IReadOnlyList<LeftOutImage> OtherSizes,
    PictureStatistics? Pictures,
    IReadOnlyList<string> Remarks,
    SetOverlap? Against = null);

/// <summary>One class of a set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Count">Images with this label.</param>
public sealed record ClassCount(string Name, int Count);

/// <summary>Images whose every pixel equals that of an earlier image of the set, or of an image of another set.</summary>
/// <param name="Images">Number of images that repeat an earlier one.</param>
/// <param name="Groups">Number of different images that are repeated.</param>
/// <param name="OtherLabels">Repeats whose label differs from that of the first of their kind.</param>
/// <param name="Examples">The first few repeats in source order.</param>
public sealed record DuplicateCount(int Images, int Groups, int OtherLabels, IReadOnlyList<DuplicateExample> Examples);

/// <summary>An image and the earlier one it repeats.</summary>
/// <param name="Image">Source id of the repeat.</param>
/// <param name="Repeats">Source id of the first image of its kind.</param>
/// <param name="SameLabel">Whether both have the same label.</param>
public sealed record DuplicateExample(string Image, string Repeats, bool SameLabel);

/// <summary>Images that show the same as others, mirrored, moved, in other light or compressed anew, without being equal.</summary>
/// <param name="Images">Number of images that resemble an earlier one, or one of the other set.</param>
/// <param name="OtherLabels">Those whose label differs from that of what they resemble most.</param>
/// <param name="Pairs">Each with what it resembles most; the most alike come first.</param>
public sealed record NearDuplicateCount(int Images, int OtherLabels, IReadOnlyList<NearDuplicateExample> Pairs);

/// <summary>An image and the one that it resembles.</summary>
/// <param name="Image">Source id.</param>
/// <param name="Resembles">Source id of the other.</param>
/// <param name="Mirrored">Whether it resembles the mirror image of the other.</param>
/// <param name="Similarity">
/// Correlation of their fine detail at the best of 49 small moves, -1 to 1: at least 0.65, or any where the pixels are nearly equal.
/// </param>
/// <param name="SameLabel">Whether both have the same label.</param>
public sealed record NearDuplicateExample(string Image, string Resembles, bool Mirrored, double Similarity, bool SameLabel);

/// <summary>What a set has in common with another one, such as a test set with its training set.</summary>
/// <param name="Count">Images of the other set.</param>
/// <param name="Duplicates">Images that are in the other set, too.</param>
/// <param name="NearDuplicates">Images that show the same as one of the other set; null where the sets are too large.</param>
/// <param name="Broken">Images of the other set that cannot be read.</param>
/// <param name="OtherSizes">Images of the other set that are whole, but of another size than its first.</param>
public sealed record SetOverlap(
    int Count, DuplicateCount Duplicates, NearDuplicateCount? NearDuplicates, IReadOnlyList<LeftOutImage> Broken, IReadOnlyList<LeftOutImage> OtherSizes);
