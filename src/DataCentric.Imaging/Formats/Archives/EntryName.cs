using System.Text;

namespace DataCentric.Imaging.Formats.Archives;

/// <summary>Names of files in archives, which must not lead out of the folder that they are unpacked to.</summary>
internal static class EntryName
{
    private const int Longest = 1024;
    private const int LongestPart = 255; // bytes that the usual file systems take

    /// <summary>The parts of a name.</summary>
    /// <param name="name">As it stands in the archive.</param>
    /// <param name="archive">The archive, for the message.</param>
    /// <exception cref="InputException">The name is absolute, has "..", a backslash, a colon or a control character, or is too long.</exception>
    public static string[] Parts(string name, string archive)
    {
        string[] parts = [.. name.Split('/').Where(part => part is not ("" or "."))];
        if (parts.Length == 0 || name.StartsWith('/') || name.Length > Longest
            || parts.Contains("..") || parts.Any(part => Encoding.UTF8.GetByteCount(part) > LongestPart)
            || name.Any(letter => letter is '\\' or ':' || char.IsControl(letter)))
        {
            throw new InputException(
                $"{archive}: the name \"{string.Concat(name.Take(80).Where(letter => !char.IsControl(letter)))}\" may lead out of its folder; nothing of it was written.");
        }

        return parts;
    }
}
