using System.Runtime.InteropServices;

namespace DataCentric.Pipeline.Storage;

/// <summary>
/// JSON documents that carry the SHA-256 of their content: <c>{"sha256":"…","content":…}</c>. A document that was cut or changed, were it
/// by one digit, is told from a good one, and whoever needs it makes it again.
/// </summary>
internal static class SealedJson
{
    /// <summary>Writes a document, whole or not at all.</summary>
    /// <typeparam name="T">What the document holds.</typeparam>
    /// <param name="store">The store.</param>
    /// <param name="name">Name of the item.</param>
    /// <param name="value">The document.</param>
    /// <param name="options">How to write it.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    public static Task WriteSealedAsync<T>(
        this IDataStore store, string name, T value, JsonSerializerOptions options, CancellationToken cancellationToken)
        where T : class
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(value, options);
        return store.WriteAsync(name, WriteAsync, cancellationToken);

        // In parts: a plan may be a hundred megabytes.
        async Task WriteAsync(Stream stream, CancellationToken token)
        {
            byte[] head = [.. "{\"sha256\":\""u8, .. Hash(content), .. "\",\"content\":"u8];
            await stream.WriteAsync(head, token);
            await stream.WriteAsync(content, token);
            await stream.WriteAsync("}\n"u8.ToArray(), token);
        }
    }

    /// <summary>Reads a document; null where there is none, or where what lies there is not what was written.</summary>
    /// <typeparam name="T">What the document holds.</typeparam>
    /// <param name="store">The store.</param>
    /// <param name="name">Name of the item.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<T?> TryReadSealedAsync<T>(
        this IDataStore store, string name, JsonSerializerOptions options, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(await store.ReadAllBytesAsync(name, cancellationToken));
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("sha256", out var seal)
                && root.TryGetProperty("content", out var content)
                && seal.ValueEquals(Hash(JsonMarshal.GetRawUtf8Value(content)))
                    ? content.Deserialize<T>(options)
                    : null;
        }
        catch (Exception exception) when (exception is StoreItemMissingException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static byte[] Hash(ReadOnlySpan<byte> content) =>
        System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(content)));
}
