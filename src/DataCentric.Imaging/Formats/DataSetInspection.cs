namespace DataCentric.Imaging.Formats;

/// <summary>What a data set is. Serialises to JSON as it stands.</summary>
/// <param name="Format">Name of the format.</param>
/// <param name="Count">Number of images.</param>
/// <param name="Height">Rows of every image as it is delivered.</param>
/// <param name="Width">Columns of every image as it is delivered.</param>
/// <param name="HasSoftLabels">Whether labels are class probabilities; counts then go by the largest one.</param>
/// <param name="Classes">Images of each class, in label order.</param>
/// <param name="ChannelMeans">Mean of red, green, blue over all pixels, in levels of 0..255.</param>
/// <param name="ChannelDeviations">Standard deviation (of the population) of red, green, blue over all pixels, in levels.</param>
/// <param name="ConstantImages">Images that are one colour all over.</param>
/// <param name="Duplicates">Images that repeat others.</param>
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
    DuplicateCount Duplicates);

/// <summary>One class of a set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Count">Images with this label.</param>
public sealed record ClassCount(string Name, int Count);

/// <summary>Images whose every pixel equals that of an earlier image of the set.</summary>
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
