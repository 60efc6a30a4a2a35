namespace DataCentric.Pipeline.Storage;

/// <summary>
/// A file that becomes another one by an atomic rename, or vanishes. While its process lives it holds a shared lock on the file, which the
/// system drops when the process dies; <see cref="Sweep"/> removes the files that nobody locks. So nothing depends on clocks, and the
/// files of killed processes go without touching those of living ones.
/// </summary>
internal sealed class TemporaryFile : IDisposable
{
    /// <summary>Ending of every temporary file; no item's name may end so.</summary>
    public const string Suffix = ".datacentric-tmp";

    private const int BufferBytes = 128 * 1024;
    private const int Attempts = 8;

    private readonly string _path;
    private readonly FileStream _stream;
    private bool _moved;

    private TemporaryFile(string path, FileStream stream) => (_path, _stream) = (path, stream);

    /// <summary>The bytes to be.</summary>
    public Stream Stream => _stream;

    /// <summary>Makes an empty one.</summary>
    /// <param name="directory">An existing directory on the file system of the final file.</param>
    public static TemporaryFile Create(string directory)
    {
        for (var attempt = 1; ; attempt++)
        {
            var path = Path.Combine(directory, "." + RandomNumberGenerator.GetHexString(16, lowercase: true) + Suffix);
            FileStream stream;
            try
            {
                // Any sharing but None is a shared lock on Unix; on Windows, Delete lets an open file be renamed.
                stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, BufferBytes,
                    FileOptions.Asynchronous);
            }
            catch (IOException) when (attempt < Attempts)
            {
                continue; // A sweep of another process locked the file between its creation and our lock; by now it may have removed it.
            }
            if (attempt == Attempts || File.Exists(path))
                return new TemporaryFile(path, stream);
            stream.Dispose(); // A sweep removed the file in that same moment.
        }
    }

    /// <summary>Removes the temporary files of dead processes from a directory; what cannot be removed stays.</summary>
    /// <param name="directory">An existing directory.</param>
    public static void Sweep(string directory)
    {
        foreach (var path in Directory.EnumerateFiles(directory, ".*" + Suffix))
        {
            try
            {
                // An exclusive lock on Unix; on Windows the wish to write is refused while the owner has the file open. A pipe opened for both waits for nobody.
                var share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
                using var dead = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, share);
                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // In use by a living process, gone already, or not ours.
            }
        }
    }

    /// <summary>Brings the bytes to the disk and gives the file its final name, in place of any earlier file.</summary>
    /// <param name="target">Final path in the same directory.</param>
    public void MoveTo(string target)
    {
        _stream.Flush(flushToDisk: true);
        File.Move(_path, target, overwrite: true); // Still open, hence still locked: no sweep can come between.
        _moved = true;
    }

    /// <summary>Closes the file, and removes it unless it was moved.</summary>
    public void Dispose()
    {
        if (!_moved)
        {
            try
            {
                File.Delete(_path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The sweep before a later write will try again.
            }
        }
        try
        {
            _stream.Dispose();
        }
        catch (IOException) when (!_moved)
        {
            // What the buffer still held found no room on the disk; the file is given up anyway.
        }
    }
}
