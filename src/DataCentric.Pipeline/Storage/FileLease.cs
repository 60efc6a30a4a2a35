namespace DataCentric.Pipeline.Storage;

/// <summary>A lease by a lock on an empty file, which the system drops when the process dies. The file is removed when the lease is given back, and its folder where that was made for it and nothing else is in it.</summary>
internal sealed class FileLease : IStoreLease
{
    private const int Attempts = 8;

    private readonly string _path;
    private readonly FileStream _file;
    private readonly bool _madeFolder;

    private FileLease(string path, FileStream file, bool madeFolder) => (_path, _file, _madeFolder) = (path, file, madeFolder);

    /// <summary>Takes the lock; null when another process, or another lease of this one, has it.</summary>
    /// <param name="path">Path of the file; its folder is made.</param>
    /// <exception cref="IOException">The file system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The file system refuses.</exception>
    public static FileLease? TryTake(string path)
    {
        var (folder, madeFolder) = (Path.GetDirectoryName(path)!, false);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            FileStream file;
            try
            {
                madeFolder |= !Directory.Exists(folder);
                Directory.CreateDirectory(folder);
                file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, Options);
            }
            catch (IOException exception) when (IsHeldByAnother(exception))
            {
                return null;
            }
            catch (DirectoryNotFoundException) when (attempt < Attempts - 1)
            {
                continue; // The holder before removed the folder between our two steps.
            }

            // The holder before may have removed the file between our opening and our locking it.
            if (File.Exists(path))
                return new FileLease(path, file, madeFolder);
            file.Dispose();
        }

        return null;
    }

    // Windows lets nobody remove a file that is locked, but removes it with its last handle.
    private static FileOptions Options => OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;

    public Task<bool> RenewAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    public async ValueTask DisposeAsync()
    {
        if (!OperatingSystem.IsWindows() && _file.CanWrite)
            Quietly(() => File.Delete(_path)); // While it is locked: who opens it now finds that it is gone.
        await _file.DisposeAsync();
        if (_madeFolder)
            Quietly(() => Directory.Delete(Path.GetDirectoryName(_path)!)); // Refused where something is in it.
    }

    // An empty file that nobody locks keeps nobody off.
    private static void Quietly(Action remove)
    {
        try
        {
            remove();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    // EWOULDBLOCK of flock, or a sharing violation. Anything else, such as a read-only file system, is trouble of the storage.
    private static bool IsHeldByAnother(IOException exception) =>
        exception.HResult == (OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : OperatingSystem.IsMacOS() ? 35 : 11);
}
