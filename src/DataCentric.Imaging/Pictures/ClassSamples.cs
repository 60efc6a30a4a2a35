using System.Globalization;

namespace DataCentric.Imaging.Pictures;

/// <summary>Collects the first few images of each class while a data set goes by, and draws them.</summary>
/// <param name="classes">Names of the classes, in label order.</param>
/// <param name="shape">Shape of the images.</param>
/// <param name="perClass">Images to keep of each class; <see cref="DataSetSheet.ImagesPerClass"/> fill a row.</param>
public sealed class ClassSamples(IReadOnlyList<string> classes, ImageShape shape, int perClass)
{
    private readonly List<ReadOnlyMemory<byte>>[] _images = [.. classes.Select(_ => new List<ReadOnlyMemory<byte>>())];
    private readonly int[] _counts = new int[classes.Count];

    /// <summary>Takes what is missing from a batch; pixels are copied.</summary>
    /// <param name="images">Images in source order.</param>
    public void Add(ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(images);
        for (var i = 0; i < images.Count; i++)
        {
            var label = images.Labels[i];
            _counts[label]++;
            if (label < DataSetSheet.MaxClasses && _images[label].Count < perClass)
                _images[label].Add(images.Image(i).ToArray());
        }
    }

    /// <summary>Draws what was collected, with the number of images seen of each class.</summary>
    /// <param name="title">Heading, such as the name of the data set.</param>
    /// <param name="subtitle">Second line, or null.</param>
    /// <returns>A PNG file, which <see cref="IsDrawn"/> knows.</returns>
    public byte[] Draw(string title, string? subtitle) => PngMark.Add(DataSetSheet.Draw(
        title,
        subtitle,
        shape,
        [.. classes.Select((name, label) => new DataSetSheetClass(name, _images[label], Note(_counts[label])))]));

    /// <summary>Whether a file was drawn here, and not by somebody else.</summary>
    /// <param name="file">The file.</param>
    public static bool IsDrawn(Stream file) => PngMark.Is(file);

    private static string Note(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "image" : "images")}");
}
