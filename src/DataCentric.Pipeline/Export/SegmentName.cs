namespace DataCentric.Pipeline.Export;

/// <summary>Names of files and folders from elsewhere as segments of item names, as they are wherever that is possible.</summary>
internal static class SegmentName
{
    /// <summary>Longest name that is kept, in bytes of UTF-8: a number and an ending have room behind it.</summary>
    public const int LongestBytes = 200;

    /// <summary>
    /// A name with what no item's name can hold made '_', without dots and blanks at the ends, where readers or systems take no notice of them, and
    /// not longer than <see cref="LongestBytes"/>; '_' where nothing is left.
    /// </summary>
    /// <param name="name">Any name.</param>
    public static string Of(string name)
    {
        var (text, bytes) = (new StringBuilder(), 0);
        foreach (var rune in name.EnumerateRunes())
        {
            var kept = rune.Value != '/' && ItemName.IsValid($"x{rune}x") ? rune.ToString() : "_";
            bytes += Encoding.UTF8.GetByteCount(kept);
            if (bytes > LongestBytes)
                break;
            text.Append(kept);
        }

        var segment = text.ToString().Trim('.', ' ');
        return segment.Length == 0 ? "_" : ItemName.IsValid(segment) ? segment : segment.Replace('.', '_'); // It ended as temporary files do.
    }
}
