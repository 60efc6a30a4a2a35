using System.Globalization;

namespace DataCentric.Imaging.Formats;

/// <summary>One file of CIFAR images: 32x32 planes R, G, B in a row, and a label for each image.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Count">Number of images.</param>
internal abstract record CifarPart(string Path, int Count)
{
    /// <summary>Byte at which an image begins, with its label where that lies before it.</summary>
    public abstract long StartOf(int index);

    /// <summary>The label of the image at which the stream stands; the stream then stands at its planes.</summary>
    public abstract int ReadLabel(Stream stream, int index);

    /// <summary>Names an image, for messages.</summary>
    public string Place(int index) => string.Create(CultureInfo.InvariantCulture, $"{Path}, record {index} (byte {StartOf(index)})");
}
