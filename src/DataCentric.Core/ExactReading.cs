namespace DataCentric;

/// <summary>Reading from streams where every byte is expected.</summary>
public static class ExactReading
{
    private const int BufferSize = 1 << 17;
    private const int SparseBufferSize = 1 << 12; // a page

    /// <summary>Opens a file for reading from front to back.</summary>
    /// <param name="path">The file. A pipe, which has no length and would be waited for until somebody writes into it, is read as empty.</param>
    /// <exception cref="InputException">It cannot be opened.</exception>
    public static Stream Open(string path) => Open(path, BufferSize);

    /// <summary>Opens a file of which a little is read here and there: what lies between is left out by seeks, and hardly more is read than is asked for.</summary>
    /// <param name="path">As in <see cref="Open(string)"/>.</param>
    /// <exception cref="InputException">It cannot be opened.</exception>
    public static Stream OpenSparse(string path) => Open(path, SparseBufferSize, FileOptions.None);

    /// <summary>Bytes out of the middle of a file, and no others.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">The first of them, from 0.</param>
    /// <param name="length">How many; whoever takes it from a file checks that the file is as long.</param>
    /// <param name="place">Names file and place, for the message.</param>
    /// <exception cref="InputException">The file cannot be read, or ends before.</exception>
    public static byte[] At(string path, long offset, int length, Func<string> place)
    {
        var bytes = new byte[length];
        if (length == 0)
            return bytes;
        using var file = Open(path, bufferSize: 0, FileOptions.None);
        Skip(file, offset, place);
        Fill(file, bytes, place);
        return bytes;
    }

    /// <summary>Bytes of a file; where it is a symbolic link, as in caches of downloads, those of what it points to.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It is not there, or may not be looked at; or is a link that leads to nothing.</exception>
    public static long Length(string path) => Readable(path, () =>
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not { } target)
            return file.Length;
        return TargetOf(file) is { } end
            ? new FileInfo(end).Length
            : throw new InputException($"{path}: is a link to {target}, which is not there; is it mounted?");
    });

    /// <summary>Refuses a file without a length, for who opens it by other means: to open a pipe waits until somebody writes into it.</summary>
    /// <param name="path">The file; that it is there is not checked.</param>
    /// <exception cref="InputException">It is empty, or a pipe or a device.</exception>
    public static void RequireContent(string path)
    {
        if (File.Exists(path) && Length(path) == 0)
            throw new InputException($"{path}: has no bytes: it is empty, or a pipe or a device. Expected a file.");
    }

    /// <summary>All bytes of a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It cannot be read, or has none.</exception>
    public static byte[] All(string path)
    {
        RequireContent(path);
        return Readable(path, () => File.ReadAllBytes(path));
    }

    /// <summary>File.Exists is true for a link to nothing, too.</summary>
    private static string? TargetOf(FileInfo link)
    {
        try
        {
            return link.ResolveLinkTarget(returnFinalTarget: true)?.FullName is { } end && Path.Exists(end) ? end : null;
        }
        catch (IOException)
        {
            return null; // links in a circle
        }
    }

    /// <summary>The first bytes of a file; fewer where it is shorter.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">How many.</param>
    /// <exception cref="InputException">It cannot be opened.</exception>
    public static byte[] Start(string path, int length)
    {
        using var stream = Open(path, bufferSize: 1);
        return Start(stream, length);
    }

    /// <summary>The next bytes of a stream; fewer at its end.</summary>
    /// <param name="stream">The source.</param>
    /// <param name="length">How many.</param>
    public static byte[] Start(Stream stream, int length)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var start = new byte[length];
        var read = stream.ReadAtLeast(start, length, throwOnEndOfStream: false);
        return start[..read];
    }

    /// <summary>Fills the buffer, or says where the source ends.</summary>
    /// <param name="stream">The source.</param>
    /// <param name="buffer">To fill.</param>
    /// <param name="place">Names file and place, for the message.</param>
    /// <exception cref="InputException">The source ends early or its compression is broken.</exception>
    public static void Fill(Stream stream, Span<byte> buffer, Func<string> place)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(place);
        try
        {
            var read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (read < buffer.Length)
                throw new InputException($"{place()}: the file ends after {read} of {buffer.Length} bytes; it is truncated.");
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"{place()}: the compressed data are broken or truncated.", e);
        }
    }

    /// <summary>Leaves bytes out: by a seek where the stream can, else by reading them.</summary>
    /// <param name="stream">The source.</param>
    /// <param name="count">How many.</param>
    /// <param name="place">Names file and place, for the message.</param>
    /// <exception cref="InputException">The source ends early or its compression is broken.</exception>
    public static void Skip(Stream stream, long count, Func<string> place)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.CanSeek)
        {
            stream.Seek(count, SeekOrigin.Current);
            return;
        }

        var buffer = new byte[(int)Math.Min(count, BufferSize)];
        for (int part; count > 0; count -= part)
        {
            part = (int)Math.Min(count, buffer.Length);
            Fill(stream, buffer.AsSpan(0, part), place);
        }
    }

    private static Stream Open(string path, int bufferSize, FileOptions options = FileOptions.SequentialScan) => Length(path) == 0
        ? new MemoryStream([], writable: false)
        : Readable(path, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize, options));

    /// <summary>A file that the user named and that cannot be read is the user's to mend, not a failure that passes.</summary>
    private static T Readable<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read: {e.Message}", e);
        }
    }
}
