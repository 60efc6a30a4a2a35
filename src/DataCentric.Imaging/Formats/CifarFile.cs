namespace DataCentric.Imaging.Formats;

/// <summary>One file of the binary version: records of label bytes and planes.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Layout">How its records are built.</param>
/// <param name="Count">Number of records, at least 1.</param>
internal sealed record CifarFile(string Path, CifarLayout Layout, int Count) : CifarPart(Path, Count)
{
    public override long StartOf(int index) => (long)index * Layout.RecordLength;

    /// <summary>The last of the label bytes.</summary>
    public override int ReadLabel(Stream stream, int index)
    {
        Span<byte> labels = stackalloc byte[Layout.LabelLength];
        ExactReading.Fill(stream, labels, () => Place(index));
        return labels[^1];
    }

    /// <summary>Whether a file is meant to hold records: it is called .bin, or its length and first label fit.</summary>
    public static bool LooksLikeOne(string path)
    {
        if (System.IO.Path.GetExtension(path).Equals(".bin", StringComparison.OrdinalIgnoreCase))
            return true;
        var length = ExactReading.Length(path);
        return length > 0 && length % CifarLayout.Cifar10.RecordLength == 0
            && ExactReading.Start(path, 1)[0] < CifarLayout.Cifar10.ClassCount;
    }

    /// <summary>Tells the layout by the length; where both lengths fit, by the label bytes of every record.</summary>
    public static CifarFile Describe(string path)
    {
        var (ten, hundred) = (CifarLayout.Cifar10, CifarLayout.Cifar100);
        var length = ExactReading.Length(path);
        var (isTen, isHundred) = (length % ten.RecordLength == 0, length % hundred.RecordLength == 0);
        if (length == 0)
        {
            throw new InputException(
                $"{path}: is empty; expected records of {ten.RecordLength} or {hundred.RecordLength} bytes.");
        }

        if (!isTen && !isHundred)
        {
            throw new InputException(
                $"{path}: {length} bytes are not a whole number of records: {length / ten.RecordLength} of {ten.RecordLength} bytes "
                + $"leave {length % ten.RecordLength} over, {length / hundred.RecordLength} of {hundred.RecordLength} bytes (CIFAR-100) "
                + $"leave {length % hundred.RecordLength}. The file is truncated or of another format.");
        }

        var layout = !isHundred || (isTen && LabelsFit(path, ten)) ? ten : hundred;
        var count = length / layout.RecordLength;
        return count <= int.MaxValue
            ? new(path, layout, (int)count)
            : throw new InputException($"{path}: {count} records are more than {int.MaxValue}.");
    }

    private static bool LabelsFit(string path, CifarLayout layout)
    {
        using var stream = ExactReading.Open(path);
        for (long at = 0; at < stream.Length; at += layout.RecordLength)
        {
            stream.Position = at;
            if (stream.ReadByte() >= layout.ClassCount)
                return false;
        }

        return true;
    }
}

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
