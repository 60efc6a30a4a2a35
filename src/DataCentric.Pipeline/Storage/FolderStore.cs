using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace DataCentric.Pipeline.Storage;

/// <summary>
/// A store in a folder, which is made by the first write. An item is written to a temporary file beside its place, brought to the disk and
/// renamed, so a reader finds the old bytes or the new ones and never a part. A failed write removes its temporary file; those of killed
/// processes are never listed, and the first write of a store into their folder removes them.
/// </summary>
/// <remarks>
/// After a power failure the newest renames may be undone by the file system: the earlier item is there again, whole. Items that differ
/// only in the case of their letters are one item on file systems that ignore case.
/// </remarks>
public sealed class FolderStore : IDataStore
{
    private const int ReadBufferBytes = 128 * 1024;

    private readonly ConcurrentDictionary<string, bool> _swept = new(StringComparer.Ordinal);

    /// <summary>Makes the store; touches nothing yet.</summary>
    /// <param name="folder">Path of the folder, absolute or relative to the working directory.</param>
    public FolderStore(string folder) => Location = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public string Location { get; }

    /// <inheritdoc/>
    public Task<StoredItem?> FindAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(name);
        return Task.FromResult(Guard("look up", name, () => TryGetLength(path) is { } length ? Item(name, length, path) : null));
    }

    /// <inheritdoc/>
    public Task<Stream> OpenReadAsync(string name, long offset, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var file = Open(name, offset, 0);
        return Task.FromResult<Stream>(new GuardedStream(file, e => Explain("read", name, e), ownsInner: true));
    }

    /// <inheritdoc/>
    public async Task ReadAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var file = Open(name, offset, buffer.Length);
        try
        {
            await file.ReadExactlyAsync(buffer, cancellationToken);
        }
        catch (EndOfStreamException e)
        {
            throw StoreErrors.TooShort(this, name, file.Length, offset, buffer.Length, e);
        }
        catch (IOException e)
        {
            throw Explain("read", name, e)!;
        }
    }

    /// <inheritdoc/>
    public async Task WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(name);
        using var temporary = Guard("write", name, () => NewTemporary(Path.GetDirectoryName(path)!));
        using var stream = new GuardedStream(temporary.Stream, e => Explain("write", name, e), ownsInner: false);
        await write(stream, cancellationToken);
        stream.ThrowIfFaulted();
        cancellationToken.ThrowIfCancellationRequested();
        Guard("write", name, () =>
        {
            temporary.MoveTo(path);
            return true;
        });
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(name);
        Guard("delete", name, () =>
        {
            if (TryGetLength(path) is not null)
                File.Delete(path);
            return true;
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredItem> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ItemName.CheckPrefix(prefix);
        await Task.CompletedTask; // A folder has nothing to wait for.
        foreach (var item in List(prefix[..(prefix.LastIndexOf('/') + 1)], prefix))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return item;
        }
    }

    /// <inheritdoc/>
    public TimeSpan? LeaseTime => null;

    /// <inheritdoc/>
    public Task<IStoreLease?> TryLeaseAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(name);
        return Task.FromResult(Guard<IStoreLease?>("lock", name, () => FileLease.TryTake(path)));
    }

    // A folder sorts by its name with the slash, so that full names come out in ordinal order: "a-b" < "a/b" < "a0".
    private IEnumerable<StoredItem> List(string folder, string prefix)
    {
        var directory = new DirectoryInfo(Path.Combine(Location, folder));
        var entries = Guard("list", folder, () => directory.Exists ? directory.GetFileSystemInfos() : []);
        var named = entries.Select(e => (Name: folder + e.Name + (e is DirectoryInfo ? "/" : ""), Entry: e));
        foreach (var (name, entry) in named.OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            if (entry is DirectoryInfo)
            {
                if (name.StartsWith(prefix, StringComparison.Ordinal) && ItemName.IsValid(name[..^1]))
                {
                    foreach (var item in List(name, prefix))
                        yield return item;
                }
            }
            else if (name.StartsWith(prefix, StringComparison.Ordinal) && ItemName.IsValid(name)
                && Guard("list", name, () => TryGetLength(entry.FullName)) is { } length)
            {
                yield return Item(name, length, entry.FullName);
            }
        }
    }

    private TemporaryFile NewTemporary(string directory)
    {
        Directory.CreateDirectory(directory);
        if (_swept.TryAdd(directory, true))
            TemporaryFile.Sweep(directory);
        return TemporaryFile.Create(directory);
    }

    private Stream Open(string name, long offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var path = PathOf(name);
        return Guard<Stream>("read", name, () =>
        {
            if (TryGetLength(path) is not { } length)
                throw new StoreItemMissingException(Location, name);
            if (length == 0 && offset == 0)
                return new MemoryStream([], writable: false); // It may be a pipe, and to open that waits until somebody writes into it.
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, ReadBufferBytes,
                FileOptions.Asynchronous | FileOptions.SequentialScan);
            if (offset <= file.Length)
            {
                file.Position = offset;
                return file;
            }
            using (file)
                throw StoreErrors.TooShort(this, name, file.Length, offset, count);
        });
    }

    /// <inheritdoc/>
    public string LocalPathOf(string name) => PathOf(name);

    private string PathOf(string name) => Path.Combine(Location, ItemName.Check(name).Replace('/', Path.DirectorySeparatorChar));

    private static StoredItem Item(string name, long length, string path) =>
        new(name, length) { Version = File.GetLastWriteTimeUtc(path).Ticks.ToString(CultureInfo.InvariantCulture) };

    // FileInfo.Exists and File.Exists say "no" when the folder may not be read; Length tells the difference.
    private static long? TryGetLength(string path)
    {
        try
        {
            return new FileInfo(path).Length;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private T Guard<T>(string doing, string name, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Explain(doing, name, e)!;
        }
    }

    private StoreException? Explain(string doing, string name, Exception e) => e switch
    {
        StoreException known => known,
        FileNotFoundException or DirectoryNotFoundException when doing == "read" => new StoreItemMissingException(Location, name, e),
        IOException or UnauthorizedAccessException => new StoreException($"{Location}: cannot {doing} '{name}': {e.Message}", e),
        _ => null,
    };
}
