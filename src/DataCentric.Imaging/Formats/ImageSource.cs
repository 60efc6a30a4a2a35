namespace DataCentric.Imaging.Formats;

/// <summary>Opens a data set in whatever format it is; the format is told by content, not by name alone.</summary>
public static class ImageSource
{
    private static readonly FormatProbe[] Probes =
    [
        NpyPairReader.Probe,
        IdxReader.Probe,
        CifarBinaryReader.Probe,
        ImageFolderReader.Probe,
    ];

    /// <summary>Opens a data set.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <returns>A reader that stands before the first image; dispose it.</returns>
    /// <exception cref="InputException">
    /// Nothing is there, no format fits (the message says what was looked for), or the format is plain and a part is broken.
    /// </exception>
    public static IImageReader Open(string path) => Guarded(path, () => Recognise(path).Probe.Open(path));

    /// <summary>The files that make up a data set, in a fixed order.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <returns>Full or relative paths, as <paramref name="path"/> is.</returns>
    internal static IReadOnlyList<string> Files(string path) => Guarded(path, () => Recognise(path).Files);

    private static (FormatProbe Probe, IReadOnlyList<string> Files) Recognise(string path)
    {
        if (!Path.Exists(path))
            throw new InputException($"{path}: there is no such file or folder.");
        foreach (var probe in Probes)
        {
            if (probe.Files(path) is { } files)
                return (probe, files);
        }

        var expected = string.Join("", Probes.Select(probe => $"\n  - {probe.Expects}"));
        throw new InputException($"{path}: this is no data set of a known format. Looked for:{expected}");
    }

    private static T Guarded<T>(string path, Func<T> action)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            return action();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InputException($"{path}: may not be read ({e.Message})", e);
        }
    }
}
