using DataCentric.Imaging.Pictures;

namespace DataCentric.Imaging.Formats;

/// <summary>Tells pictures that are read from pictures that are not, and both from other files.</summary>
internal static class PictureFiles
{
    private const int LongestStart = 12;

    /// <summary>How the names of pictures end that are read.</summary>
    public static readonly IReadOnlyList<string> Endings = [".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".bmp", ".gif"];

    private static readonly string[] NotRead =
    [
        ".tif", ".tiff", ".ppm", ".pgm", ".pbm", ".pnm", ".pfm", ".heic", ".heif", ".avif", ".jp2", ".j2k", ".jxl", ".tga", ".ico", ".svg", ".psd",
        ".exr", ".hdr", ".pcx", ".dng", ".cr2", ".nef", ".arw", ".dcm", ".nii",
    ];

    private static readonly string[] Texts = [".txt", ".json", ".jsonl", ".xml", ".csv", ".tsv", ".yaml", ".yml", ".md", ".html", ".htm", ".log", ".cls"];

    /// <summary>What is read, for messages.</summary>
    public const string Expected = PictureDecoder.Expected;

    /// <summary>Whether a file's name says that it is a picture of a kind that is read.</summary>
    public static bool IsRead(string path) => Has(Endings, path);

    /// <summary>Whether a file is a picture all the same: by its name, or where that says nothing by how it begins.</summary>
    public static bool IsOther(string path) => Has(NotRead, path) || BeginsAsPicture(path);

    /// <summary>What is said of pictures that are not read, at least one.</summary>
    public static string Refusal(IReadOnlyList<string> files) =>
        $"{files[0]}: is a picture that is not read{(files.Count > 1 ? $", one of {files.Count}" : "")}; expected {Expected} files "
        + $"that end in {string.Join(", ", Endings)}. Convert or rename what belongs to the set, and move away what does not.";

    private static bool Has(IReadOnlyList<string> endings, string path) => endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static bool BeginsAsPicture(string path) => !Has(Texts, path) && ExactReading.Length(path) >= LongestStart && ExactReading.Start(path, LongestStart) is
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or
        [0xFF, 0xD8, 0xFF, ..] or
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] or
        [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..] or
        [(byte)'I', (byte)'I', (byte)'*', 0, ..] or
        [(byte)'M', (byte)'M', 0, (byte)'*', ..] or
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P'];
}

/// <summary>Tells the user's files from those that systems leave behind.</summary>
internal static class SystemFiles
{
    private static readonly string[] Names = ["__MACOSX", "Thumbs.db", "ehthumbs.db", "desktop.ini", "$RECYCLE.BIN", "@eaDir"];
    private static readonly string[] PaperEndings = ["", ".txt", ".md", ".rst", ".html", ".pdf", ".cff", ".bib"];
    private static readonly string[] Papers = ["readme", "license", "licence", "copying", "notice", "citation"];

    /// <summary>Whether a name is the user's: names that begin with a dot and some others are not.</summary>
    public static bool IsOwn(string path) =>
        Path.GetFileName(path) is var name && !name.StartsWith('.') && !Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file tells people about what lies beside it, and is no part of that.</summary>
    public static bool IsPaper(string path) =>
        Papers.Contains(Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase)
        && PaperEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
