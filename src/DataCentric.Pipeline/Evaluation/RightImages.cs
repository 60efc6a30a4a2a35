namespace DataCentric.Pipeline.Evaluation;

/// <summary>
/// Which test images a network classifies right, in the order of the test sets. A part is a bit an image, in JSON as base64: image n is
/// bit 7 - n % 8 of byte n / 8, 1 where it is right; bits after the last image are 0. It is what <c>numpy.unpackbits(part, count=count)</c> reads.
/// </summary>
/// <param name="Count">Images in each part.</param>
/// <param name="Ori">The clean images.</param>
/// <param name="Adv">The same attacked.</param>
/// <param name="Cor">The same corrupted.</param>
public sealed record RightImages(int Count, byte[] Ori, byte[] Adv, byte[] Cor)
{
    /// <summary>Packs one value an image.</summary>
    /// <param name="right">True where an image is right.</param>
    internal static byte[] Pack(IReadOnlyList<bool> right)
    {
        var bits = new byte[(right.Count + 7) / 8];
        for (var n = 0; n < right.Count; n++)
        {
            if (right[n])
                bits[n / 8] |= (byte)(0x80 >> (n % 8));
        }

        return bits;
    }

    /// <summary>One value an image, 1 where it is right, else 0.</summary>
    /// <param name="bits">One of the parts.</param>
    internal float[] Unpack(byte[] bits) => [.. Enumerable.Range(0, Count).Select(n => (float)((bits[n / 8] >> (7 - (n % 8))) & 1))];
}
