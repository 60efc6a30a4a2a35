using DataCentric.Attacks;

namespace DataCentric.Pipeline.Storage;

/// <summary>The checkpoint of a training as an item of a store. To be used from a thread that may wait for the storage.</summary>
/// <param name="store">Holds the item.</param>
/// <param name="name">Name of the item.</param>
/// <param name="cancellationToken">Ends the wait.</param>
public sealed class StoredCheckpoint(IDataStore store, string name, CancellationToken cancellationToken) : ITrainingCheckpoint
{
    /// <inheritdoc/>
    public Stream? OpenRead()
    {
        try
        {
            return store.OpenReadAsync(name, 0, cancellationToken).GetAwaiter().GetResult();
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
        store.WriteAsync(name, WriteWhole, cancellationToken).GetAwaiter().GetResult();

        Task WriteWhole(Stream stream, CancellationToken token)
        {
            write(stream);
            return Task.CompletedTask;
        }
    }

    /// <summary>Forgets the state, once the training has ended.</summary>
    public Task DeleteAsync() => store.DeleteAsync(name, cancellationToken);
}
