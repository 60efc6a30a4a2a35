namespace DataCentric.Imaging.Formats;

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
