using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataCentric.Pipeline.Storage;

/// <summary>Whole items in one call: bytes and JSON documents; and views below a prefix.</summary>
public static class DataStoreExtensions
{
    /// <summary>
    /// How documents are written when the caller names no other options: camelCase names, enumerations by name, indented, line ends "\n" on
    /// every system, so that equal documents are equal bytes. An unknown property is ignored when read.
    /// </summary>
    public static JsonSerializerOptions JsonOptions { get; } = MakeJsonOptions();

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
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="options">How to read it; <see cref="JsonOptions"/> when null.</param>
    /// <exception cref="StoreItemMissingException">There is no such item.</exception>
    /// <exception cref="StoreItemBrokenException">The item is not such a document; the message gives path and line.</exception>
    public static async Task<T> ReadJsonAsync<T>(
        this IDataStore store, string name, CancellationToken cancellationToken, JsonSerializerOptions? options = null)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(store);
        using var stream = await store.OpenReadAsync(name, 0, cancellationToken);
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(stream, options ?? JsonOptions, cancellationToken)
                ?? throw new StoreItemBrokenException(store.Location, name, $"holds null where {typeof(T).Name} is expected");
        }
        catch (JsonException e)
        {
            throw new StoreItemBrokenException(store.Location, name, $"is not the JSON of {typeof(T).Name}: {e.Message.TrimEnd('.')}", e);
        }
    }

    /// <summary>Writes a JSON document, whole or not at all.</summary>
    /// <typeparam name="T">What the document holds.</typeparam>
    /// <param name="store">The store.</param>
    /// <param name="name">Name of the item.</param>
    /// <param name="value">The document.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    /// <param name="options">How to write it; <see cref="JsonOptions"/> when null.</param>
    public static Task WriteJsonAsync<T>(
        this IDataStore store, string name, T value, CancellationToken cancellationToken, JsonSerializerOptions? options = null)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.WriteAsync(
            name, (stream, token) => JsonSerializer.SerializeAsync(stream, value, options ?? JsonOptions, token), cancellationToken);
    }

    private static JsonSerializerOptions MakeJsonOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            WriteIndented = true,
            NewLine = "\n",
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
