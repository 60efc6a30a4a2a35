namespace DataCentric.Pipeline.Storage;

/// <summary>
/// The checkpoint of a training as an item of a store: its SHA-256, then its bytes. To be used from a thread that may wait for the storage.
/// </summary>
/// <param name="store">Holds the item.</param>
/// <param name="name">Name of the item.</param>
/// <param name="cancellationToken">Ends the wait.</param>
public sealed class StoredCheckpoint(IDataStore store, string name, CancellationToken cancellationToken) : ITrainingCheckpoint
{
    /// <summary>Name of the item.</summary>
    public string Name { get; } = name;

    /// <inheritdoc/>
    /// <remarks>A state that was cut or changed is none: weights with one wrong bit would train on to other bytes.</remarks>
    public Stream? OpenRead()
    {
        try
        {
            var bytes = store.ReadAllBytesAsync(Name, cancellationToken).GetAwaiter().GetResult();
            var isWhole = bytes.Length >= SHA256.HashSizeInBytes
                && SHA256.HashData(bytes.AsSpan(SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(bytes.AsSpan(0, SHA256.HashSizeInBytes));
            return isWhole ? new MemoryStream(bytes, SHA256.HashSizeInBytes, bytes.Length - SHA256.HashSizeInBytes, writable: false) : null;
        }
        catch (StoreItemMissingException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Write(Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using var state = new MemoryStream();
        state.Write(new byte[SHA256.HashSizeInBytes]);
        write(state);
        var bytes = state.GetBuffer().AsMemory(0, (int)state.Length);
        SHA256.HashData(bytes.Span[SHA256.HashSizeInBytes..], bytes.Span);
        store.WriteAllBytesAsync(Name, bytes, cancellationToken).GetAwaiter().GetResult();
    }

    /// <summary>Forgets the state, once the training has ended.</summary>
    public Task DeleteAsync() => store.DeleteAsync(Name, cancellationToken);
}
