namespace DataCentric.Imaging.Pictures;

/// <summary>The markers of a JPEG file (ITU-T T.81, annex B).</summary>
internal static class JpegMarkers
{
    private const byte Prefix = 0xFF;
    private const byte FirstRestart = 0xD0;
    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte Temporary = 0x01;

    /// <summary>
    /// Whether the image has its end. Decoders show the scans of a progressive file that there are, so that nothing else tells that the
    /// others are missing; thumbnails in segments and what follows the image do not count.
    /// </summary>
    /// <param name="file">A JPEG file.</param>
    public static bool HaveEnd(ReadOnlySpan<byte> file)
    {
        for (var at = 0; at + 1 < file.Length;)
        {
            var marker = file[at + 1];
            if (file[at] != Prefix || marker is 0 or Prefix)
                at++; // Entropy-coded data, or a fill byte.
            else if (marker == EndOfImage)
                return true;
            else if (marker is Temporary or (>= FirstRestart and <= StartOfImage))
                at += 2;
            else if (at + 3 < file.Length)
                at += 2 + Math.Max(2, (file[at + 2] << 8) | file[at + 3]);
            else
                return false;
        }

        return false;
    }
}
