namespace DataCentric.Cli.Composition;

/// <summary>Files that the user names.</summary>
internal static class UserFiles
{
    /// <summary>Makes one file from another: written whole or not at all.</summary>
    /// <param name="source">File to read.</param>
    /// <param name="option">Option that named it, for messages.</param>
    /// <param name="output">File to write.</param>
    /// <param name="overwrite">Whether another one that is there is given up.</param>
    /// <param name="convert">Reads the first stream and writes the second.</param>
    /// <param name="cancellationToken">Stops before the conversion.</param>
    /// <exception cref="InputException">The source cannot be read, or another file lies there.</exception>
    public static async Task<T> ConvertAsync<T>(
        string source, string option, string output, bool overwrite, Func<Stream, Stream, T> convert, CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(source, option);
        await using var file = await OutputFile.TakeAsync("--out", output, [source], overwrite, isOwn: null, cancellationToken);
        using var target = new MemoryStream();
        var result = convert(stream, target);
        await file.WriteAsync(target.ToArray(), cancellationToken);
        return result;
    }

    /// <summary>Opens a file that the user named.</summary>
    /// <param name="file">The file.</param>
    /// <param name="option">Option that named it, for messages.</param>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static Task<FileStream> OpenAsync(string file, string option) => ReadAsync(file, option, path => Task.FromResult(File.OpenRead(path)));

    /// <summary>Reads a file that the user named.</summary>
    /// <param name="file">The file.</param>
    /// <param name="option">Option that named it, for messages.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static async Task<T> ReadAsync<T>(string file, string option, Func<string, Task<T>> read)
    {
        ExactReading.RequireContent(file);
        try
        {
            return await read(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{option} {file}: {exception.Message}", exception);
        }
    }
}
