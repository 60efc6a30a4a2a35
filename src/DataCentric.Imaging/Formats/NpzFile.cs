using System.IO.Compression;
using DataCentric.Archives;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// NumPy's archive of arrays (numpy.savez, numpy.savez_compressed): a zip file of npy files, two of which are images and labels as in an
/// npy pair. They are read as they lie, stored or deflated; nothing is unpacked.
/// </summary>
internal static class NpzFile
{
    private const string Extension = ".npy";

    /// <summary>Customary names of images and labels; where several fit, the first counts, so that training sets come before test sets.</summary>
    private static readonly (string Images, string Labels)[] Pairs =
    [
        ("data", "label"), ("data", "labels"), ("images", "labels"), ("images", "label"), ("x", "y"),
        ("x_train", "y_train"), ("train_images", "train_labels"), ("arr_0", "arr_1"),
    ];

    public static FormatProbe Probe { get; } = new(
        $"npz: a numpy.savez file with arrays {string.Join(", ", Pairs.Select(pair => $"{pair.Images}/{pair.Labels}"))}", Files, Open);

    /// <summary>Opens the arrays.</summary>
    /// <exception cref="InputException">The file is broken, or has no images or labels.</exception>
    private static NpyPairReader Open(string path)
    {
        var zip = new CheckedZip(path);
        try
        {
            var entries = zip.Files.DistinctBy(entry => entry.FullName, StringComparer.OrdinalIgnoreCase).ToDictionary(entry => entry.FullName, StringComparer.OrdinalIgnoreCase);
            foreach (var (images, labels) in Pairs)
            {
                if (entries.TryGetValue(images + Extension, out var data) && entries.TryGetValue(labels + Extension, out var label))
                    return NpyPairReader.Open("npz", Source(zip, data, path), Source(zip, label, path), ClassNames.FileIn(Folder(path)).FirstOrDefault(), zip);
            }

            throw new InputException(
                $"{path}: holds the arrays {string.Join(", ", entries.Keys.Take(20).Select(name => Path.GetFileNameWithoutExtension(name)))}; "
                + $"expected images and labels named {string.Join(", ", Pairs.Select(pair => $"{pair.Images} and {pair.Labels}"))}.");
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    private static IReadOnlyList<string>? Files(string path) => Is(path) ? [path, .. ClassNames.FileIn(Folder(path))] : null;

    private static bool Is(string path)
    {
        if (!File.Exists(path) || !CheckedZip.LooksLikeOne(path))
            return false;
        if (Path.GetExtension(path).Equals(".npz", StringComparison.OrdinalIgnoreCase))
            return true;
        using var zip = new CheckedZip(path);
        return zip.Files.Count > 0 && zip.Files.All(entry => entry.FullName.EndsWith(Extension, StringComparison.Ordinal) && entry.FullName == entry.Name);
    }

    private static string Folder(string path) => Path.GetDirectoryName(path) ?? "";

    private static NpySource Source(CheckedZip zip, ZipArchiveEntry entry, string path) =>
        new($"{path}, {entry.FullName}", Path.GetFileName(path), entry.Length, () => zip.Open(entry));
}

/// <summary>An npy array that can be read as often as needed: a file of its own, or an entry of an npz file.</summary>
/// <param name="Name">Names it in messages.</param>
/// <param name="ShortName">Names it in source ids.</param>
/// <param name="Length">Bytes, header included.</param>
/// <param name="Open">Opens it at its first byte.</param>
internal sealed record NpySource(string Name, string ShortName, long Length, Func<Stream> Open)
{
    /// <summary>A file.</summary>
    public static NpySource File(string path) => new(path, Path.GetFileName(path), ExactReading.Length(path), () => ExactReading.Open(path));
}
