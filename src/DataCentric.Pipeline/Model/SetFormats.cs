using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Formats.Writing;

namespace DataCentric.Pipeline.Model;

/// <summary>Formats that an enhanced set can be written in. The npy pair is always there; the others are made from it.</summary>
public static class SetFormats
{
    /// <summary>The pair of arrays, <c>data.npy</c> and <c>label.npy</c>: the form that everything else is made from and checked against.</summary>
    public const string Npy = "npy";

    /// <summary>CIFAR binary, below <c>cifar/</c>.</summary>
    public const string Cifar = "cifar";

    /// <summary>One folder a class with PNG files and <c>metadata.jsonl</c>, below <c>folder/</c>.</summary>
    public const string Folder = "folder";

    /// <summary>Parquet with PNG files in it, below <c>parquet/</c>.</summary>
    public const string Parquet = "parquet";

    /// <summary>Tar shards of the WebDataset convention, below <c>webdataset/</c>.</summary>
    public const string WebDataset = "webdataset";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All { get; } = [Npy, Cifar, Folder, Parquet, WebDataset];

    /// <summary>Where a format's files lie in a result.</summary>
    /// <param name="format">A name other than <see cref="Npy"/>.</param>
    public static string Prefix(string format) => $"{format}/";

    /// <summary>Formats that a result holds.</summary>
    /// <param name="run">Its record.</param>
    public static IReadOnlyList<string> In(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return [Npy, .. All.Skip(1).Where(format => run.Files.Any(file => file.Name.StartsWith(Prefix(format), StringComparison.Ordinal)))];
    }

    /// <summary>What is wrong with a choice, a sentence each; empty when nothing is.</summary>
    /// <param name="formats">Names, or null for the npy pair alone.</param>
    public static IReadOnlyList<string> Problems(IReadOnlyList<string>? formats) => formats is { Count: 0 }
        ? ["formats: at least one is needed."]
        : [.. (formats ?? []).Where(format => !All.Contains(format)).Select(format => $"formats: '{format}' is none of {string.Join(", ", All)}.")];

    /// <summary>Checks that a set fits into formats.</summary>
    /// <param name="formats">Names, or null for the npy pair alone.</param>
    /// <param name="folder">Names and encoding of the files of the format folder.</param>
    /// <param name="set">Shape, classes and kind of labels.</param>
    /// <param name="inputFormat">Format of the source.</param>
    /// <param name="whyNameless">Why the source has no names of files, where that is known, see <see cref="ImageSetInfo.WhyNameless"/>.</param>
    /// <exception cref="InputException">It does not; the message says why.</exception>
    public static void Check(IReadOnlyList<string>? formats, FolderLayout folder, IngestedSet set, string inputFormat, string? whyNameless = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (formats?.Contains(Cifar) == true && CifarBinaryWriter.Obstacle(set.Shape, set.ClassCount, set.HasSoftLabels) is { } obstacle)
            throw new InputException($"This set cannot be written in the format {Cifar}: {obstacle}.");
        if (formats?.Contains(Folder) == true && folder.Obstacle(inputFormat, whyNameless) is { } missing)
            throw new InputException(missing);
    }
}
