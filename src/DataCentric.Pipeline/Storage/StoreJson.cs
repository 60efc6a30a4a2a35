using System.Text.Json;

namespace DataCentric.Pipeline.Storage;

/// <summary>JSON documents in a store.</summary>
internal static class StoreJson
{
    /// <summary>Writes a document, whole or not at all.</summary>
    public static Task WriteJsonAsync<T>(this IDataStore store, string name, T value, JsonSerializerOptions options, CancellationToken cancellationToken) =>
        store.WriteAsync(name, (stream, token) => JsonSerializer.SerializeAsync(stream, value, options, token), cancellationToken);

    /// <summary>Reads a document; null where there is none, or where what lies there is no such document and must be made again.</summary>
    public static async Task<T?> TryReadJsonAsync<T>(
        this IDataStore store, string name, JsonSerializerOptions options, CancellationToken cancellationToken)
        where T : class
    {
        if (await store.FindAsync(name, cancellationToken) is null)
            return null;
        await using var stream = await store.OpenReadAsync(name, 0, cancellationToken);
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(stream, options, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
