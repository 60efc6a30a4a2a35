using DataCentric.Images;

namespace DataCentric.Imaging.Formats;

/// <summary>Where things lie in a record of CIFAR binary.</summary>
/// <param name="Format">Name of the format.</param>
/// <param name="LabelLength">Label bytes at the start of a record; the last one counts.</param>
/// <param name="ClassCount">Classes where no names are given.</param>
/// <param name="NamesFile">File with the class names.</param>
internal sealed record CifarLayout(string Format, int LabelLength, int ClassCount, string NamesFile)
{
    private const int Plane = 32 * 32;

    public static CifarLayout Cifar10 { get; } = new("cifar-binary", 1, 10, "batches.meta.txt");

    public static CifarLayout Cifar100 { get; } = new("cifar100-binary", 2, 100, "fine_label_names.txt");

    public static ImageShape Shape { get; } = new(32, 32);

    public int RecordLength => LabelLength + (3 * Plane);

    /// <summary>Planes R, G, B to interleaved pixels.</summary>
    public static void Interleave(ReadOnlySpan<byte> planes, Span<byte> pixels)
    {
        var red = planes[..Plane];
        var green = planes.Slice(Plane, Plane);
        var blue = planes.Slice(2 * Plane, Plane);
        pixels = pixels[..(3 * Plane)];
        for (var i = 0; i < Plane; i++)
        {
            pixels[3 * i] = red[i];
            pixels[(3 * i) + 1] = green[i];
            pixels[(3 * i) + 2] = blue[i];
        }
    }

    /// <summary>Interleaved pixels to planes R, G, B.</summary>
    public static void Separate(ReadOnlySpan<byte> pixels, Span<byte> planes)
    {
        for (var i = 0; i < Plane; i++)
        {
            planes[i] = pixels[3 * i];
            planes[Plane + i] = pixels[(3 * i) + 1];
            planes[(2 * Plane) + i] = pixels[(3 * i) + 2];
        }
    }
}
