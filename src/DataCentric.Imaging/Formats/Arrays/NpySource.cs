using DataCentric.Npy;

namespace DataCentric.Imaging.Formats.Arrays;

/// <summary>An npy array that can be read as often as needed: a file of its own, or an entry of an npz file.</summary>
/// <param name="Name">Names it in messages.</param>
/// <param name="ShortName">Names it in source ids.</param>
/// <param name="Length">Bytes, header included.</param>
/// <param name="Open">Opens it at its first byte.</param>
/// <param name="PackedLength">Bytes that it takes within an archive, from which it is read front to back; null for a file of its own.</param>
internal sealed record NpySource(string Name, string ShortName, long Length, Func<Stream> Open, long? PackedLength)
{
    /// <summary>A file.</summary>
    public static NpySource File(string path) => new(path, Path.GetFileName(path), ExactReading.Length(path), () => ExactReading.Open(path), null);

    /// <summary>Reads the header alone.</summary>
    /// <param name="mayBeText">Whether values may be texts.</param>
    /// <exception cref="InputException">It is broken, or of a type that is not read.</exception>
    public NpyHeader ReadHeader(bool mayBeText = false)
    {
        using var stream = Open();
        return NpyHeader.Read(stream, Name, mayBeText);
    }
}
