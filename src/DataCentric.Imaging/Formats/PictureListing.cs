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
    public static PictureListing? Find(string path, ReadingOptions options)
    {
        if (SetPart.Of(path, options.Part) is not { } part)
            return null;
        if (ClassFolder.Find(part.Path) is not { } folders)
            return null;
        string[] names = ClassNames.FileIn(part.Path);
        return new(
            [.. folders.SelectMany(folder => folder.Files.Select(file => new ListedPicture($"{folder.Name}/{file}", folder.PathOf(file), folder.Label)))],
            names is [var file] ? ClassNames.Read(file) : [.. folders.Select(folder => folder.Name)],
            names,
            [.. part.Remarks, .. ClassFolder.RemarksOn(part.Path, folders)]);
    }

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
    /// <exception cref="InputException">It cannot be read, or is too large.</exception>
    public byte[] Read() =>
        ExactReading.Length(Path) <= LargestEncoded ? ExactReading.All(Path) : throw new InputException($"{Path}: is larger than {LargestEncoded} bytes.");
}
