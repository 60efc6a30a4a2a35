using DataCentric.Imaging.Formats.Archives;
using DataCentric.Imaging.Reading;

namespace DataCentric.Imaging.Formats;

/// <summary>Opens a data set in whatever format it is; the format is told by content, not by name alone.</summary>
public static class ImageSource
{
    private const string Archive = "archive: a zip, tar or tar.gz file of one of these";

    private static readonly FormatProbe[] Probes =
    [
        NpyPairReader.Probe,
        NpzFile.Probe,
        IdxReader.Probe,
        CifarBinaryReader.Probe,
        CifarPythonReader.Probe,
        ParquetImageReader.Probe,
        WebDatasetReader.Probe,
        ImageFolderReader.Probe,
        TorchvisionRoot.Probe,
    ];

    /// <summary>Opens a data set. To open one several times, take a <see cref="LocalDataSet"/>, which unpacks an archive once.</summary>
    /// <param name="path">A file, a folder or an archive.</param>
    /// <param name="options">How images become those of the set.</param>
    /// <returns>A reader that stands before the first image; dispose it.</returns>
    /// <exception cref="InputException">
    /// Nothing is there, no format fits (the message says what was looked for), or the format is plain and a part is broken.
    /// </exception>
    public static IImageReader Open(string path, ReadingOptions options = default)
    {
        if (!IsArchive(path))
            return Find(path, options).Open();
        var set = LocalDataSet.At(path, options);
        try
        {
            return set.Open(disposeSet: true);
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    /// <summary>Whether a path is an archive that has to be unpacked.</summary>
    internal static bool IsArchive(string path) =>
        Guarded(path, () => File.Exists(path) && ArchiveEntries.IsArchive(path) && NpzFile.Probe.Find(path, default) is null && !WebDatasetShard.IsOne(path));

    /// <summary>Whether some format fits.</summary>
    internal static bool IsDataSet(string path) => Guarded(path, () => Probes.Any(probe => probe.Find(path, default) is not null));

    /// <summary>Recognises what is not an archive. Its files are listed here, and not when it is opened.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="options">How images become those of the set.</param>
    /// <exception cref="InputException">As <see cref="Open"/>.</exception>
    internal static FoundSet Find(string path, ReadingOptions options) => Guarded(path, () =>
    {
        var (probe, found) = Recognise(path, options);
        return found with { Open = () => Guarded(path, Opened) };

        IImageReader Opened()
        {
            probe.RequireTaken(path, options);
            var reader = found.Open();
            return options.Resize is { } rule && reader.Info.Shape != rule.Shape ? new ResizedReader(reader, options) : reader;
        }
    });

    private static (FormatProbe Probe, FoundSet Found) Recognise(string path, ReadingOptions options)
    {
        if (!Path.Exists(path))
            throw new InputException($"{path}: there is no such file or folder.");
        foreach (var probe in Probes)
        {
            if (probe.Find(path, options) is { } found)
                return (probe, found);
        }

        if (SetsWithin.Hint(path, folder => Probes.Any(probe => probe.Find(folder, default) is not null)) is { } hint)
            throw new InputException(hint);
        var expected = string.Join("", Probes.Select(probe => probe.Expects).Append(Archive).Select(text => $"\n  - {text}"));
        throw new InputException($"{path}: this is not a data set of a known format. Looked for:{expected}");
    }

    private static T Guarded<T>(string path, Func<T> action)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read: {e.Message}", e);
        }
    }
}
