namespace DataCentric.Pipeline.Storage;

/// <summary>
/// One port over a folder and over blob storage. Names are forward-slash paths such as <c>runs/ab12/shards/attack-00003.npy</c>; the rules
/// are those of <see cref="ItemName"/>, and every method throws <see cref="InputException"/> for a name that breaks them. A name is
/// never also the folder part of another name (a folder could not hold both, and keeps its own folders when their items are deleted).
/// </summary>
/// <remarks>
/// Implementations may be used by many threads and by several processes at once. Trouble of the storage itself (no space, no permission,
/// no network after the retries) is a <see cref="StoreException"/> whose message names the item and never holds a secret.
/// </remarks>
public interface IDataStore
{
    /// <summary>Where this store is, for messages: a full path or an address without its query. Never holds a secret.</summary>
    string Location { get; }

    /// <summary>Looks an item up.</summary>
    /// <param name="name">Name of the item.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The item, or null when there is none.</returns>
    Task<StoredItem?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Opens an item for reading forward. The stream is buffered, cannot seek, and shows the item as it was when opened.</summary>
    /// <param name="name">Name of the item.</param>
    /// <param name="offset">First byte, 0 to the item's length; at its length the stream is empty.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreItemMissingException">There is no such item.</exception>
    /// <exception cref="StoreItemBrokenException">The item ends before <paramref name="offset"/>.</exception>
    Task<Stream> OpenReadAsync(string name, long offset, CancellationToken cancellationToken);

    /// <summary>Path of the file of this machine whose bytes are those of an item, for whom reading at random is cheaper by it. Not to be written to.</summary>
    /// <param name="name">Name of the item; whether there is such an item is not looked up.</param>
    /// <returns>The path; null where items are no files of this machine.</returns>
    string? LocalPathOf(string name) => null;

    /// <summary>Fills the buffer with the item's bytes from <paramref name="offset"/> on.</summary>
    /// <param name="name">Name of the item.</param>
    /// <param name="offset">First byte, not negative.</param>
    /// <param name="buffer">Filled completely, or an error is thrown.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreItemMissingException">There is no such item.</exception>
    /// <exception cref="StoreItemBrokenException">The item ends before the range does.</exception>
    Task ReadAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>
    /// Writes an item whole or not at all, in place of any earlier one. Nothing is visible under the name before
    /// <paramref name="write"/> has returned; when it throws, when the storage fails or on cancellation, the earlier item stays as it was.
    /// </summary>
    /// <remarks>
    /// Of several writers of one name at the same time at least one succeeds, the item is one writer's whole result, and the others either
    /// succeed too or get a <see cref="StoreException"/> that a repetition cures.
    /// </remarks>
    /// <param name="name">Name of the item.</param>
    /// <param name="write">Writes the bytes to a forward-only stream; it may dispose that stream.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    Task WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken);

    /// <summary>Deletes an item; no error when there is none.</summary>
    /// <param name="name">Name of the item.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>Lists the items whose names begin with <paramref name="prefix"/>, in ascending ordinal order of their names.</summary>
    /// <param name="prefix">Beginning of the names, such as <c>runs/ab12/shards/</c> or <c>runs/ab12/shards/att</c>; empty for all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    IAsyncEnumerable<StoredItem> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>How long a lease of a dead process keeps others off; null where it ends with the process.</summary>
    TimeSpan? LeaseTime { get; }

    /// <summary>
    /// Takes the exclusive lease of a name, so that processes can keep off each other's work. It binds only those who ask for it: writing is
    /// safe without. An empty item lies under the name meanwhile.
    /// </summary>
    /// <param name="name">Name of the lease, such as <c>locks/ab12</c>; no item of any other use.</param>
    /// <param name="cancellationToken">Ends the wait for the storage; there is no wait for the lease.</param>
    /// <returns>The lease; null when somebody has it.</returns>
    Task<IStoreLease?> TryLeaseAsync(string name, CancellationToken cancellationToken);
}

/// <summary>An item of a store.</summary>
/// <param name="Name">Name within its store.</param>
/// <param name="Length">Size in bytes.</param>
public sealed record StoredItem(string Name, long Length)
{
    /// <summary>A text that changes when the item is written again: the ETag of a blob, the time of a file. Two items of one name and length
    /// are equal whatever their version.</summary>
    public string? Version { get; init; }

    /// <summary>Same name and length.</summary>
    /// <param name="other">Another item.</param>
    public bool Equals(StoredItem? other) => other is not null && Name == other.Name && Length == other.Length;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Length);
}

/// <summary>An exclusive claim on a name of a store. Disposing it gives it back.</summary>
public interface IStoreLease : IAsyncDisposable
{
    /// <summary>Makes the lease last for another <see cref="IDataStore.LeaseTime"/>; one that ran out is taken again where nobody else has it.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when somebody else has it now.</returns>
    /// <exception cref="StoreException">The storage does not answer; the lease may still be held.</exception>
    Task<bool> RenewAsync(CancellationToken cancellationToken);
}
