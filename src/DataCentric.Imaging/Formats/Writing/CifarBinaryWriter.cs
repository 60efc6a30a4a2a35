using System.Globalization;

namespace DataCentric.Imaging.Formats.Writing;

/// <summary>
/// Writes records of the binary version of CIFAR: up to 10 classes as CIFAR-10 (one label byte), up to 256 as CIFAR-100 (a coarse label
/// byte, which is 0 here because no coarse classes are known, and the label).
/// </summary>
public static class CifarBinaryWriter
{
    /// <summary>Records in a file of CIFAR-10.</summary>
    public const int RecordsPerFile = 10_000;

    private const int MaxClasses = byte.MaxValue + 1;

    /// <summary>Why a set cannot be written so, or null where it can.</summary>
    /// <param name="shape">Shape of its images.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <param name="hasSoftLabels">Whether labels are class probabilities.</param>
    public static string? Obstacle(ImageShape shape, int classCount, bool hasSoftLabels)
    {
        if (shape != CifarLayout.Shape)
            return $"CIFAR binary holds images of {CifarLayout.Shape}, these are {shape}";
        if (classCount > MaxClasses)
            return $"CIFAR binary holds at most {MaxClasses} classes, these are {classCount}";
        return hasSoftLabels ? "CIFAR binary holds class indexes, these labels are probabilities" : null;
    }

    /// <summary>Names of the files, each with the records that it holds; the file with the class names comes last, without records.</summary>
    /// <param name="count">Number of images.</param>
    /// <param name="classCount">Number of classes, 1 to 256.</param>
    public static IReadOnlyList<(string Name, int Count)> Files(int count, int classCount)
    {
        var layout = LayoutOf(classCount);
        if (layout == CifarLayout.Cifar100)
            return [("train.bin", count), (layout.NamesFile, 0)];
        var files = (count + RecordsPerFile - 1) / RecordsPerFile;
        var digits = $"D{$"{files}".Length}"; // readers go by the order of the names
        return
        [
            .. Enumerable.Range(0, files).Select(file =>
                ($"data_batch_{(file + 1).ToString(digits, CultureInfo.InvariantCulture)}.bin", Math.Min(RecordsPerFile, count - (file * RecordsPerFile)))),
            (layout.NamesFile, 0),
        ];
    }

    /// <summary>The records of a batch.</summary>
    /// <param name="images">32x32 images with class indexes.</param>
    /// <param name="classCount">Number of classes, 1 to 256.</param>
    /// <exception cref="ArgumentException">The set cannot be written so.</exception>
    public static byte[] Encode(ImageSet images, int classCount)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (Obstacle(images.Shape, classCount, images.SoftLabels is not null) is { } obstacle)
            throw new ArgumentException(obstacle, nameof(images));
        var layout = LayoutOf(classCount);
        var records = new byte[images.Count * layout.RecordLength];
        for (var i = 0; i < images.Count; i++)
        {
            var record = records.AsSpan(i * layout.RecordLength, layout.RecordLength);
            record[layout.LabelLength - 1] = checked((byte)images.Labels[i]);
            CifarLayout.Separate(images.Image(i), record[layout.LabelLength..]);
        }

        return records;
    }

    private static CifarLayout LayoutOf(int classCount) =>
        classCount <= CifarLayout.Cifar10.ClassCount ? CifarLayout.Cifar10 : CifarLayout.Cifar100;
}
