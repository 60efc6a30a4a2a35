using System.Text.RegularExpressions;
using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Formats.Writing;

namespace DataCentric.Pipeline.Model;

/// <summary>How the files of the format folder are named and encoded. What is null is not stated: it stays as it is, or is the default.</summary>
public readonly partial record struct FolderLayout
{
    private const string ImageFolder = "image-folder";
    private const string WebDataset = "webdataset";

    /// <summary>Formats whose records may have names of files beside them.</summary>
    private static readonly string[] RecordFormats = ["parquet", "cifar-python", "cifar100-python"];

    /// <summary>What files are called. Default null: numbers.</summary>
    [Option(
        "How the format folder names its files: by their numbers in the set, or as the source's files below the folders of the classes, with the ending of what is written.",
        Default = "numbers", ChangesSet = false)]
    public FileNames? Names { get; init; }

    /// <summary>How images that are not attacked are encoded; attacked ones never lose anything. Default null: PNG.</summary>
    [Option(
        "What the format folder holds clean and corrupted images as: png, or jpeg or webp with a quality of 1 to 100, such as jpeg:95. Attacked images stay as they are: png, or lossless webp.",
        Value = "FORMAT", Default = "png", ChangesSet = false)]
    public ImageEncoding? ImageFormat { get; init; }

    /// <summary>The encoding of a sample's file.</summary>
    /// <param name="isAttacked">Whether the sample was attacked.</param>
    public ImageEncoding EncodingOf(bool isAttacked)
    {
        var encoding = ImageFormat ?? ImageEncoding.Png;
        return isAttacked ? encoding.Lossless : encoding;
    }

    /// <summary>These choices, and another's where they say nothing.</summary>
    /// <param name="other">The other.</param>
    public FolderLayout Over(FolderLayout other) => new() { Names = Names ?? other.Names, ImageFormat = ImageFormat ?? other.ImageFormat };

    /// <summary>Whether both make the same files.</summary>
    /// <param name="other">The other.</param>
    public bool IsLike(FolderLayout other) => ToString() == other.ToString();

    /// <summary>What is wrong beside the formats that are wanted, a sentence each; empty when nothing is.</summary>
    /// <param name="formats">Names, or null for the npy pair alone.</param>
    public IEnumerable<string> Problems(IReadOnlyList<string>? formats) => this != default && formats?.Contains(SetFormats.Folder) != true
        ? [$"{(Names is null ? "imageFormat" : "names")}: says how the format {SetFormats.Folder} is written, which is not asked for; name it among the formats."]
        : [];

    /// <summary>Why a set from such a source cannot have its files named so; null where it can.</summary>
    /// <param name="inputFormat">Format of the source.</param>
    /// <param name="whyNameless">Why its records have no names, where that is known, see <see cref="ImageSetInfo.WhyNameless"/>.</param>
    public string? Obstacle(string inputFormat, string? whyNameless = null)
    {
        var reason = inputFormat is ImageFolder or WebDataset ? null
            : RecordFormats.Contains(inputFormat) ? whyNameless
            : $"Its format {inputFormat} has no names of files for its images.";
        return Names == FileNames.Source && reason is not null
            ? $"Files cannot be named as in the source. {reason} Leave out --names source; metadata.jsonl tells each file's source record."
            : null;
    }

    /// <summary>A source record as a path of the picture below its class or the set.</summary>
    /// <param name="source">Source record.</param>
    /// <param name="inputFormat">Format of the source.</param>
    /// <param name="className">Name of its class.</param>
    /// <returns>The path; empty where the record has no name.</returns>
    internal static string PathOf(string source, string inputFormat, string className)
    {
        if (RecordFormats.Contains(inputFormat))
            return PathOfRecord(source, className);
        var isBelow = inputFormat == WebDataset || source.StartsWith($"{className}/", StringComparison.Ordinal);
        return isBelow && source.IndexOf('/', StringComparison.Ordinal) is >= 0 and var end ? source[(end + 1)..] : source;
    }

    /// <summary>Of a record that was read again it is that of its own source, which may be any format's.</summary>
    private static string PathOfRecord(string source, string className)
    {
        var path = (Record().Match(source) is { Success: true } record ? record.Groups["path"].Value : Shard().Replace(source, "")).Replace('\\', '/');
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var isElsewhere = path.StartsWith('/') || (segments is [var first, ..] && first.EndsWith(':')); // of a machine or a host: of its folders only the class means something
        var start = Array.LastIndexOf(segments, className, Math.Max(0, segments.Length - 2)) is >= 0 and var place && place < segments.Length - 1 ? place + 1
            : isElsewhere ? segments.Length - 1
            : 0;
        return string.Join('/', segments[Math.Min(start, segments.Length)..]);
    }

    [GeneratedRegex(@"^[^/]*#\d+(/(?<path>.*))?\z", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Record();

    [GeneratedRegex(@"^[^/]*\.tar/", RegexOptions.Singleline)]
    private static partial Regex Shard();

    /// <inheritdoc/>
    public override string ToString() => $"--names {OptionText.Write(Names ?? FileNames.Numbers)} --image-format {EncodingOf(isAttacked: false)}";
}

/// <summary>What files of images are called.</summary>
public enum FileNames
{
    /// <summary>By their numbers in the set, <c>00000017.png</c>.</summary>
    Numbers,

    /// <summary>As in the source, with another ending where they are encoded otherwise.</summary>
    Source,
}
