namespace DataCentric.Cli.Composition;

/// <summary>A file that a verb writes: kept from others meanwhile, and replaced only where it is this tool's own or where that is wanted.</summary>
internal sealed class OutputFile : IAsyncDisposable
{
    private readonly StoreLock _lock;
    private readonly bool _isKnown;

    private OutputFile(string path, StoreLock held, bool overwrite, bool isKnown)
    {
        (Path, _lock, MayOverwrite, _isKnown) = (path, held, overwrite, isKnown);
        (Folder, Name) = (new FolderStore(System.IO.Path.GetDirectoryName(path)!), System.IO.Path.GetFileName(path));
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>Holds it.</summary>
    public FolderStore Folder { get; }

    /// <summary>Its name in the folder.</summary>
    public string Name { get; }

    /// <summary>Whether what is there is given up.</summary>
    public bool MayOverwrite { get; }

    /// <summary>Takes a file for writing.</summary>
    /// <param name="option">Option that names it, for messages.</param>
    /// <param name="file">The file.</param>
    /// <param name="inputs">What is read: the file is none of these and lies in none.</param>
    /// <param name="overwrite">Whether what is there is given up.</param>
    /// <param name="isOwn">Says whether a file is one that this verb writes; null where only its content can tell, see <see cref="WriteAsync"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InputException">It is a folder, an input, somebody else's, or written by another process.</exception>
    public static async Task<OutputFile> TakeAsync(
        string option, string file, IEnumerable<string?> inputs, bool overwrite, Func<Stream, bool>? isOwn, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(file) || System.IO.Path.EndsInDirectorySeparator(file) || Directory.Exists(file))
            throw new InputException($"{option} '{file}': expected the name of a file.");
        Overlap.Refuse(file, inputs);
        var path = System.IO.Path.GetFullPath(file);
        var (folder, name) = (new FolderStore(System.IO.Path.GetDirectoryName(path)!), System.IO.Path.GetFileName(path));
        var held = await StoreLock.TakeAsync(
            folder, $".{name}.lock", $"{option} {file}: another process writes this file. Wait for it, or choose another name.", TimeProvider.System, null, cancellationToken);
        try
        {
            if (!overwrite && isOwn is not null && await folder.FindAsync(name, cancellationToken) is not null)
            {
                await using var there = await folder.OpenReadAsync(name, 0, cancellationToken);
                if (!isOwn(there))
                    throw new InputException(Refusal(path));
            }

            return new OutputFile(path, held, overwrite, isKnown: isOwn is not null);
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes it whole or not at all. What is not known to be this tool's own is replaced by the same bytes only.</summary>
    /// <exception cref="InputException">Other bytes lie there.</exception>
    public async Task WriteAsync(byte[] content, CancellationToken cancellationToken)
    {
        if (!MayOverwrite && !_isKnown && await Folder.FindAsync(Name, cancellationToken) is { } there
            && !(there.Length == content.Length && (await Folder.ReadAllBytesAsync(Name, cancellationToken)).AsSpan().SequenceEqual(content)))
        {
            throw new InputException(Refusal(Path));
        }

        await Folder.WriteAllBytesAsync(Name, content, cancellationToken);
    }

    public ValueTask DisposeAsync() => _lock.DisposeAsync();

    private static string Refusal(string path) => $"{path} is there already and is not what this would write. Choose another name, or say --overwrite.";
}
