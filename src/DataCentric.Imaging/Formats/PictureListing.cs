using DataCentric.Imaging.Reading;

namespace DataCentric.Imaging.Formats;

/// <summary>The pictures of a set that lie in files of their own.</summary>
/// <param name="Pictures">In the order of the set, at least one.</param>
/// <param name="Classes">Names of the classes, in label order.</param>
/// <param name="Tables">Files besides the pictures that the set is made up of: names of classes, labels.</param>
/// <param name="Remarks">What a user has to be told of what is not read.</param>
internal sealed record PictureListing(
    IReadOnlyList<ListedPicture> Pictures, IReadOnlyList<string> Classes, IReadOnlyList<string> Tables, IReadOnlyList<string> Remarks)
{
    /// <summary>Lists a folder; null where it is none, or holds no pictures in the layouts that are known.</summary>
    /// <param name="path">A folder.</param>
    /// <param name="options">Which part is read.</param>
    /// <exception cref="InputException">Some picture would be left out silently, or get a wrong label.</exception>
    public static PictureListing? Find(string path, ReadingOptions options) => FindAll(path, options)?.Chosen(path, options);

    private static PictureListing? FindAll(string path, ReadingOptions options)
    {
        if (SetPart.Of(path, options.Part) is not { } part)
            return null;
        if (options.LabelTable is { } table)
            return TableListing.Of(path, part, LabelTable.Named(table, path));
        if (LabelTable.FileIn(part.Path) is { } metadata)
            return TableListing.Of(path, part, metadata);
        if (ClassFolder.Find(part.Path) is not { } folders)
            return null;
        string[] names = ClassNames.FileIn(part.Path);
        return new(
            [.. folders.SelectMany(folder => folder.Files.Select(file => new ListedPicture($"{folder.Name}/{file}", folder.PathOf(file), folder.Label)))],
            names is [var file] ? ClassNames.Read(file) : [.. folders.Select(folder => folder.Name)],
            names,
            [.. part.Remarks, .. ClassFolder.RemarksOn(part.Path, folders)]);
    }

    private PictureListing Chosen(string path, ReadingOptions options)
    {
        if (!options.ChoosesByClass)
            return this;
        var classes = options.Classes ?? Classes;
        if (classes.FirstOrDefault(name => !Classes.Contains(name)) is { } unknown)
            throw new InputException($"{path}: has no class '{unknown}'; it has {string.Join(", ", Classes.Take(20))}{(Classes.Count > 20 ? ", ..." : "")}.");
        var byClass = Pictures.ToLookup(picture => Classes[picture.Label]);
        return this with
        {
            Classes = classes,
            Pictures = [.. classes.SelectMany((name, label) => Spread([.. byClass[name]], options.LimitPerClass).Select(picture => picture with { Label = label }))],
        };
    }

    private static IEnumerable<ListedPicture> Spread(ListedPicture[] pictures, int? most) => most >= pictures.Length || most is not { } count
        ? pictures
        : Enumerable.Range(0, count).Select(n => pictures[(int)((long)n * pictures.Length / count)]);

    /// <summary>All files, pictures first.</summary>
    public IReadOnlyList<string> Files => [.. Pictures.Select(picture => picture.Path), .. Tables];
}

/// <summary>A picture in a file of its own.</summary>
/// <param name="SourceId">Its path below the set.</param>
/// <param name="Path">Where to read it.</param>
/// <param name="Label">Class index.</param>
internal sealed record ListedPicture(string SourceId, string Path, int Label)
{
    /// <summary>Largest encoded picture that is read, in bytes.</summary>
    public const int LargestEncoded = 64 << 20;

    /// <summary>Bytes of the file.</summary>
    /// <exception cref="BrokenImageException">It is empty.</exception>
    /// <exception cref="InputException">It cannot be read, or is too large.</exception>
    public byte[] Read() => ExactReading.Length(Path) switch
    {
        0 => throw new BrokenImageException($"{Path}: has no bytes: it is empty, or a pipe or a device. Expected a file."),
        <= LargestEncoded => ExactReading.All(Path),
        _ => throw new InputException($"{Path}: is larger than {LargestEncoded} bytes."),
    };
}
