using System.Collections.Concurrent;

namespace DataCentric;

/// <summary>
/// An empty folder among temporary files, gone when this is disposed. Beside its files lies a lock that the system drops when the process
/// dies; the first folder that a process makes in a place removes those of dead processes there. Nothing depends on clocks, and nothing
/// without such a lock is touched.
/// </summary>
public sealed class ScratchFolder : IDisposable
{
    private const string Prefix = "datacentric-scratch-";
    private const string LockName = "lock";
    private const string FilesName = "files";

    private static readonly ConcurrentDictionary<string, bool> Swept = new(StringComparer.Ordinal);

    private readonly string _folder;
    private readonly FileStream _lock;

    private ScratchFolder(string folder, FileStream @lock) => (_folder, _lock) = (folder, @lock);

    /// <summary>Where files may be put.</summary>
    public string Path => System.IO.Path.Combine(_folder, FilesName);

    /// <summary>Makes one.</summary>
    /// <param name="parent">A folder of this machine; made where it is missing.</param>
    public static ScratchFolder Create(string parent)
    {
        Directory.CreateDirectory(parent);
        if (Swept.TryAdd(System.IO.Path.GetFullPath(parent), true))
            Sweep(parent);
        var folder = System.IO.Path.Combine(parent, Prefix + System.IO.Path.GetRandomFileName());
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        // Any sharing but None is a shared lock on Unix. A lock without content is not yet held: no sweep looks at it.
        var @lock = new FileStream(System.IO.Path.Combine(folder, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, 1);
        @lock.WriteByte((byte)'\n');
        @lock.Flush();
        var scratch = new ScratchFolder(folder, @lock);
        Directory.CreateDirectory(scratch.Path);
        return scratch;
    }

    /// <summary>Removes the scratch folders of dead processes; what cannot be removed stays.</summary>
    /// <param name="parent">Where they lie.</param>
    public static void Sweep(string parent)
    {
        foreach (var folder in new DirectoryInfo(parent).EnumerateDirectories(Prefix + "*"))
        {
            try
            {
                var held = new FileInfo(System.IO.Path.Combine(folder.FullName, LockName));
                if (folder.LinkTarget is not null || !held.Exists || held.LinkTarget is not null || held.Length == 0)
                    continue; // Being made, or not ours.
                Remove(folder.FullName, held.FullName);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // In use by a living process, gone already, or another user's.
            }
        }
    }

    /// <summary>Removes the folder; what cannot be removed is left to a later sweep.</summary>
    public void Dispose()
    {
        try
        {
            if (Directory.Exists(Path))
                Directory.Delete(Path, recursive: true);
            _lock.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _lock.Dispose();
        }
    }

    private static void Remove(string folder, string held)
    {
        // An exclusive lock on Unix; on Windows the wish to write is refused while the owner has the file open.
        var share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
        using (new FileStream(held, FileMode.Open, FileAccess.Write, share))
        {
            var files = System.IO.Path.Combine(folder, FilesName);
            if (Directory.Exists(files))
                Directory.Delete(files, recursive: true);
            File.Delete(held); // Last, so that a sweep that is killed is gone on with.
        }

        Directory.Delete(folder);
    }
}
