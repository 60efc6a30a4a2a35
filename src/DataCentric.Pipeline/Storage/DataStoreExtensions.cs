namespace DataCentric.Pipeline.Storage;

/// <summary>Whole items in one call: bytes and JSON documents; and views below a prefix.</summary>
public static class DataStoreExtensions
{
    /// <summary>A view of what lies below a prefix.</summary>
    /// <param name="store">The store.</param>
    /// <param name="prefix">A folder-like name such as <c>runs/ab12</c>.</param>
    public static IDataStore Below(this IDataStore store, string prefix) => new PrefixStore(store, prefix);

    /// <summary>Reads a whole item into memory.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">Name of the item; at most 2 GB.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreItemMissingException">There is no such item.</exception>
    public static async Task<byte[]> ReadAllBytesAsync(this IDataStore store, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        using var stream = await store.OpenReadAsync(name, 0, cancellationToken);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    /// <summary>Writes bytes that are in memory as one item.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">Name of the item.</param>
    /// <param name="bytes">The whole content.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    public static Task WriteAllBytesAsync(
        this IDataStore store, string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.WriteAsync(name, (stream, token) => stream.WriteAsync(bytes, token).AsTask(), cancellationToken);
    }

    /// <summary>Reads a JSON document.</summary>
    /// <typeparam name="T">What the document holds.</typeparam>
    /// <param name="store">The store.</param>
    /// <param name="name">Name of the item.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreItemMissingException">There is no such item.</exception>
    /// <exception cref="StoreItemBrokenException">The item is not such a document; the message gives path and line.</exception>
    public static async Task<T> ReadJsonAsync<T>(
        this IDataStore store, string name, JsonSerializerOptions options, CancellationToken cancellationToken)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(store);
        using var stream = await store.OpenReadAsync(name, 0, cancellationToken);
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(stream, options, cancellationToken)
                ?? throw new StoreItemBrokenException(store.Location, name, $"holds null where {typeof(T).Name} is expected");
        }
        catch (JsonException e)
        {
            throw new StoreItemBrokenException(store.Location, name, $"is not the JSON of {typeof(T).Name}: {e.Message.TrimEnd('.')}", e);
        }
    }

    /// <summary>Reads a JSON document; null where there is none, or where what lies there is no such document and must be made again.</summary>
    /// <typeparam name="T">What the document holds.</typeparam>
    /// <param name="store">The store.</param>
    /// <param name="name">Name of the item.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<T?> TryReadJsonAsync<T>(
        this IDataStore store, string name, JsonSerializerOptions options, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await store.ReadJsonAsync<T>(name, options, cancellationToken);
        }
        catch (Exception e) when (e is StoreItemMissingException or StoreItemBrokenException)
        {
            return null;
        }
    }

    /// <summary>Writes a JSON document, whole or not at all.</summary>
    /// <typeparam name="T">What the document holds.</typeparam>
    /// <param name="store">The store.</param>
    /// <param name="name">Name of the item.</param>
    /// <param name="value">The document.</param>
    /// <param name="options">How to write it.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    public static Task WriteJsonAsync<T>(
        this IDataStore store, string name, T value, JsonSerializerOptions options, CancellationToken cancellationToken)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.WriteAsync(
            name, (stream, token) => JsonSerializer.SerializeAsync(stream, value, options, token), cancellationToken);
    }
}
