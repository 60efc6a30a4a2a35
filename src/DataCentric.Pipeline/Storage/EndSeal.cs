namespace DataCentric.Pipeline.Storage;

/// <summary>
/// Indented JSON objects whose last member, <c>"seal"</c>, is the SHA-256 of the document's bytes without that member. For documents that
/// people and tools read as they are, where <see cref="SealedJson"/> would put everything one level deeper.
/// </summary>
internal static class EndSeal
{
    private const int Digits = 64;

    private static ReadOnlySpan<byte> Before => ",\n  \"seal\": \""u8;

    private static ReadOnlySpan<byte> After => "\"\n}"u8;

    private static ReadOnlySpan<byte> End => "\n}"u8;

    /// <summary>Adds the seal.</summary>
    /// <param name="document">An indented JSON object with at least one member, and with none of that name.</param>
    public static byte[] Add(ReadOnlySpan<byte> document) => [.. document[..^End.Length], .. Before, .. Hash(document), .. After];

    /// <summary>Whether a document ends with a seal, and it is that of its bytes.</summary>
    /// <param name="document">As it lies.</param>
    public static bool IsWhole(ReadOnlySpan<byte> document)
    {
        var length = document.Length - Before.Length - Digits - After.Length;
        if (length <= 0 || !document.EndsWith(After) || !document[length..].StartsWith(Before))
            return false;
        return document.Slice(length + Before.Length, Digits).SequenceEqual(Hash([.. document[..length], .. End]));
    }

    private static byte[] Hash(ReadOnlySpan<byte> document) =>
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(document)));
}
