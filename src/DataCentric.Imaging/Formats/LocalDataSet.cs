using DataCentric.Imaging.Formats.Archives;
using DataCentric.Imaging.Pictures;
using DataCentric.Imaging.Reading;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// A data set that may be opened several times; its files are listed once. Where its path is an archive, that is unpacked once, to a folder among
/// the temporary files that is gone when this is disposed, or when the next process looks after this one was killed.
/// </summary>
public sealed class LocalDataSet : IDisposable
{
    private readonly string _path;
    private readonly string _place;
    private readonly ScratchFolder? _scratch;
    private readonly Lazy<FoundSet> _found;

    private LocalDataSet(string path, ScratchFolder? scratch, string place, ReadingOptions options) =>
        (_path, _scratch, _place, _found) = (path, scratch, place, new(() => ImageSource.Find(place, options)));

    /// <summary>The files that it is made up of, as <see cref="DatasetFiles.Of"/>: an archive is one file.</summary>
    /// <exception cref="InputException">As <see cref="ImageSource.Open"/>.</exception>
    public IReadOnlyList<DatasetFile> Files => Scratch is null ? DatasetFiles.Described(_path, _found.Value.Files) : DatasetFiles.Described(_path, [_path]);

    /// <summary>The folder that an archive was unpacked to; null where there is none.</summary>
    internal string? Scratch => _scratch?.Path;

    /// <summary>Finds a data set, unpacking it where needed.</summary>
    /// <param name="path">A file, a folder or an archive.</param>
    /// <param name="options">How images become those of the set.</param>
    /// <exception cref="InputException">
    /// The archive is broken or hostile, or holds another archive, no data set or more than one. Of other paths nothing is checked yet.
    /// </exception>
    public static LocalDataSet At(string path, ReadingOptions options = default) => At(path, new ArchiveLimits(), options);

    /// <summary>As <see cref="At(string, ReadingOptions)"/> with other limits.</summary>
    internal static LocalDataSet At(string path, ArchiveLimits limits, ReadingOptions options = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!ImageSource.IsArchive(path))
            return new(path, null, path, options);
        var scratch = ScratchFolder.Create(Path.GetTempPath());
        try
        {
            new Unpacking(path, scratch.Path, limits).Run();
            return new(path, scratch, Named(scratch.Path, path, () => Within(scratch.Path, path)), options);
        }
        catch
        {
            scratch.Dispose();
            throw;
        }
    }

    /// <summary>Opens the set.</summary>
    /// <returns>A reader that stands before the first image; dispose it before this.</returns>
    /// <exception cref="InputException">As <see cref="ImageSource.Open"/>; messages name the archive, not the folder that it was unpacked to.</exception>
    public IImageReader Open() => Open(disposeSet: false);

    /// <summary>As <see cref="Open()"/>; the reader may dispose the set with it.</summary>
    internal IImageReader Open(bool disposeSet) =>
        Named(() => Scratch is null ? _found.Value.Open() : new Reader(this, _found.Value.Open(), disposeSet));

    /// <inheritdoc/>
    public void Dispose() => _scratch?.Dispose();

    /// <summary>The data set below a folder: the folder, or what lies alone in it, and so on.</summary>
    private static string Within(string scratch, string path)
    {
        for (var place = scratch; ; place = Directory.GetFileSystemEntries(place).Single(SystemFiles.IsOwn))
        {
            if (place != scratch && File.Exists(place) && ImageSource.IsArchive(place))
                throw new InputException($"{path}: holds the archive \"{Path.GetRelativePath(scratch, place)}\"; unpack one of the two yourself.");
            if (File.Exists(place) || (ImageSource.IsDataSet(place) && !TorchvisionRoot.Is(place)) || Directory.GetFileSystemEntries(place).Count(SystemFiles.IsOwn) != 1)
                return place;
        }
    }

    private T Named<T>(Func<T> action) => Named(Scratch, _path, action);

    private static T Named<T>(string? scratch, string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (InputException e) when (scratch is not null && e.Message.Contains(scratch, StringComparison.Ordinal))
        {
            throw new InputException(e.Message.Replace(scratch, path, StringComparison.Ordinal), e);
        }
    }

    private sealed class Reader(LocalDataSet set, IImageReader inner, bool disposeSet) : IImageReader
    {
        public ImageSetInfo Info => inner.Info;

        public IReadOnlyList<string> Remarks => [.. inner.Remarks.Select(remark => remark.Replace(set.Scratch!, set._path, StringComparison.Ordinal))];

        public PictureStatistics? Pictures => inner.Pictures;

        public IReadOnlyList<string> LeftOut => inner.LeftOut;

        public ImageSet Read(int count) => set.Named(() => inner.Read(count));

        public ImageSet ReadWhole(int count, ICollection<LeftOutImage> broken)
        {
            var found = new List<LeftOutImage>();
            var images = set.Named(() => inner.ReadWhole(count, found));
            found.ForEach(image => broken.Add(image with { Reason = image.Reason.Replace(set.Scratch!, set._path, StringComparison.Ordinal) }));
            return images;
        }

        public void Skip(int count) => set.Named<object?>(() =>
        {
            inner.Skip(count);
            return null;
        });

        public void Dispose()
        {
            inner.Dispose();
            if (disposeSet)
                set.Dispose();
        }
    }
}
