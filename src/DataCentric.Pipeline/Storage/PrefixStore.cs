using System.Runtime.CompilerServices;

namespace DataCentric.Pipeline.Storage;

/// <summary>A view of the part of another store that lies below a prefix: names are relative to it and cannot lead out of it.</summary>
internal sealed class PrefixStore : IDataStore
{
    private readonly IDataStore _store;
    private readonly string _prefix;

    /// <summary>Makes the view.</summary>
    /// <param name="store">The store to look into.</param>
    /// <param name="prefix">A folder-like name such as <c>runs/ab12</c>, without a slash at the end.</param>
    /// <exception cref="InputException">The prefix is not a name.</exception>
    public PrefixStore(IDataStore store, string prefix)
    {
        (_store, _prefix) = (store, ItemName.Check(prefix) + "/");
    }

    public string Location => $"{_store.Location.TrimEnd('/')}/{_prefix[..^1]}";

    public async Task<StoredItem?> FindAsync(string name, CancellationToken cancellationToken) =>
        await _store.FindAsync(Full(name), cancellationToken) is { } item ? item with { Name = name } : null;

    public Task<Stream> OpenReadAsync(string name, long offset, CancellationToken cancellationToken) =>
        _store.OpenReadAsync(Full(name), offset, cancellationToken);

    public string? LocalPathOf(string name) => _store.LocalPathOf(Full(name));

    public Task ReadAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken) =>
        _store.ReadAsync(Full(name), offset, buffer, cancellationToken);

    public Task WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        _store.WriteAsync(Full(name), write, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => _store.DeleteAsync(Full(name), cancellationToken);

    public async IAsyncEnumerable<StoredItem> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in _store.ListAsync(_prefix + ItemName.CheckPrefix(prefix), cancellationToken))
            yield return item with { Name = item.Name[_prefix.Length..] };
    }

    public TimeSpan? LeaseTime => _store.LeaseTime;

    public Task<IStoreLease?> TryLeaseAsync(string name, CancellationToken cancellationToken) => _store.TryLeaseAsync(Full(name), cancellationToken);

    private string Full(string name) => _prefix + ItemName.Check(name);
}
