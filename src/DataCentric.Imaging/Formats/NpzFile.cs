using System.IO.Compression;
using DataCentric.Archives;
using DataCentric.Imaging.Formats.Arrays;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// NumPy's archive of arrays (numpy.savez, numpy.savez_compressed): a zip file of npy files, two of which are images and labels as in an
/// npy pair (<see cref="NpzPart"/>). They are read as they lie, stored or deflated; only arrays in Fortran order are unpacked.
/// </summary>
internal static class NpzFile
{
    private const string Extension = ".npy";
    private const int ShownNames = 20;

    public static FormatProbe Probe { get; } = new(
        $"npz: a numpy.savez file with arrays {NpzPart.Expected}", (path, _) => Files(path), (path, options) => Open(path, options.Part, options.Scale))
    {
        Takes = ReadingChoices.Part | ReadingChoices.Scale,
    };

    /// <summary>Opens the arrays of one part.</summary>
    /// <param name="path">The file.</param>
    /// <param name="part">train, val or test; null for the training part, or the only one.</param>
    /// <param name="scale">Factor of the images' values, see <see cref="PixelScale"/>; null for none.</param>
    /// <exception cref="InputException">The file is broken, or has no such images or labels.</exception>
    public static IImageReader Open(string path, string? part = null, double? scale = null)
    {
        var zip = new CheckedZip(path);
        try
        {
            var arrays = zip.Files.DistinctBy(Name, StringComparer.OrdinalIgnoreCase).ToDictionary(Name, StringComparer.OrdinalIgnoreCase);
            var parts = NpzPart.Among(arrays.Keys);
            var chosen = Choose(path, parts, part, arrays.Keys);
            var names = ClassNames.FileIn(Folder(path)).FirstOrDefault();
            var reader = NpyPairReader.Open("npz", Source(zip, arrays[chosen.Images], path), Source(zip, arrays[chosen.Labels], path), names, scale, zip);
            return Remark(path, chosen, parts, arrays.Keys) is { } remark ? new RemarkedReader(reader, remark) : reader;
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    private static NpzPart Choose(string path, IReadOnlyList<NpzPart> parts, string? wanted, IEnumerable<string> arrays)
    {
        if (parts.Count == 0)
            throw new InputException($"{path}: holds the arrays {Listed(arrays)}; expected images and labels named {NpzPart.Expected}.");
        var chosen = wanted is null
            ? parts.FirstOrDefault(part => part.Name == NpzPart.Training) ?? (parts.Count == 1 ? parts[0] : null)
            : parts.FirstOrDefault(part => part.Name == wanted);
        return chosen ?? throw new InputException(
            $"{path}: has no part {wanted ?? NpzPart.Training}; it holds {string.Join(" and ", parts.Select(part => $"{part.Name} ({part.Images} and {part.Labels})"))}.");
    }

    /// <summary>What of the file is not read; null where all is.</summary>
    private static string? Remark(string path, NpzPart chosen, IReadOnlyList<NpzPart> parts, IEnumerable<string> arrays)
    {
        NpzPart[] others = [.. parts.Where(part => part != chosen)];
        string[] rest = [.. arrays.Except(parts.SelectMany(part => (string[])[part.Images, part.Labels]))];
        string[] left =
        [
            .. others.Select(part => $"the part {part.Name} ({part.Images} and {part.Labels})"),
            .. rest.Length == 0 ? Array.Empty<string>() : [$"the array{(rest.Length == 1 ? "" : "s")} {Listed(rest)}"],
        ];
        return left.Length == 0 ? null : $"{path}: read is the part {chosen.Name} ({chosen.Images} and {chosen.Labels}); not read: {string.Join(" and ", left)}.";
    }

    private static string Listed(IEnumerable<string> arrays)
    {
        string[] shown = [.. arrays.Take(ShownNames + 1)];
        return string.Join(", ", shown.Take(ShownNames).Select(VisibleText.Of)) + (shown.Length > ShownNames ? ", ..." : "");
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

    private static string Name(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? entry.FullName[..^Extension.Length] : entry.FullName;

    private static NpySource Source(CheckedZip zip, ZipArchiveEntry entry, string path) =>
        new($"{path}, {entry.FullName}", Path.GetFileName(path), entry.Length, () => zip.Open(entry), entry.CompressedLength);
}
