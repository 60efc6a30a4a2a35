using DataCentric.Pipeline.Evaluation.TestSets;

namespace DataCentric.Pipeline.Starts;

/// <summary>
/// A data set of this machine on its way to where uploads start runs. What starts the run goes last, see <see cref="Upload"/>: of a file
/// the file itself, of a folder the sidecar; so the run sees all of it, and the options that belong to it. Test sets, as
/// <c>testset</c> writes them, go without a sidecar and start none: runs name them.
/// </summary>
/// <param name="Name">Name of the data set in the store.</param>
/// <param name="Files">Path on this machine and name in the store of each file, in the order of the names.</param>
/// <param name="Options">The sidecar: a JSON object as a start over HTTP has it, without <c>dataset</c>; null for test sets.</param>
public sealed record DatasetUpload(string Name, IReadOnlyList<(string Path, string Item)> Files, string? Options)
{
    /// <summary>Looks at a data set and its options before anything is sent.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="name">Name in the store; null for that of the file or folder.</param>
    /// <param name="options">The sidecar; null for the defaults.</param>
    /// <exception cref="InputException">There is no such data set, it cannot have this name or these options, or test sets were given options.</exception>
    public static DatasetUpload Of(string path, string? name, string? options)
    {
        ArgumentNullException.ThrowIfNull(path);
        name ??= Path.GetFileName(Path.GetFullPath(path).TrimEnd(Path.DirectorySeparatorChar));
        if (Upload.Of(ItemName.Check(name)) is { IsSidecar: true } or { IsInFolder: true })
            throw new InputException($"A data set cannot be named '{name}': a name has no '/' and does not end with .json, as options do.");
        if (File.Exists(Path.Combine(path, TestSetFiles.Record)))
            return options is null ? new(name, FilesOf(path, name), null) : throw new InputException($"'{path}' holds test sets, which start no run and take no options.");
        options ??= "{}";
        CheckOptions(name, options);
        return new(name, File.Exists(path) ? [(path, name)] : FilesOf(path, name), options);
    }

    /// <summary>Sends it.</summary>
    /// <param name="datasets">Where data sets lie.</param>
    /// <param name="sent">Told of each file that is there.</param>
    /// <param name="cancellationToken">Stops sending; the run has not started then.</param>
    /// <exception cref="InputException">Other files lie under that name, and would become part of the data set.</exception>
    public async Task SendAsync(IDataStore datasets, Action<StoredItem> sent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(datasets);
        ArgumentNullException.ThrowIfNull(sent);
        await CheckNothingElseAsync(datasets, cancellationToken);
        var isFolder = Files[0].Item != Name;
        if (!isFolder)
            await SendOptionsAsync(datasets, sent, cancellationToken);
        foreach (var (path, item) in Files)
        {
            await using var source = ExactReading.Open(path);
            await datasets.WriteAsync(item, (stream, token) => source.CopyToAsync(stream, token), cancellationToken);
            sent(new StoredItem(item, source.Length));
        }

        if (isFolder && Options is not null)
            await SendOptionsAsync(datasets, sent, cancellationToken);
    }

    private static (string Path, string Item)[] FilesOf(string folder, string name)
    {
        if (!Directory.Exists(folder))
            throw new InputException($"'{folder}' is neither a file nor a folder.");
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (Path: file, Item: ItemName.Check($"{name}/{Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/')}")))
            .OrderBy(file => file.Item, StringComparer.Ordinal)
            .ToArray();
        return files.Length > 0 ? files : throw new InputException($"The folder '{folder}' is empty.");
    }

    private static void CheckOptions(string name, string options)
    {
        var problems = new List<string>();
        var choices = Upload.OptionsOf(name, options, problems);
        if (problems.Count == 0)
            problems.AddRange(choices.ToRequest("unnamed").Validate());
        if (problems.Count > 0)
            throw new InputException(string.Join(" ", problems));
    }

    private async Task CheckNothingElseAsync(IDataStore datasets, CancellationToken cancellationToken)
    {
        var mine = Files.Select(file => file.Item).ToHashSet(StringComparer.Ordinal);
        await foreach (var other in datasets.ListAsync(Name, cancellationToken))
        {
            if ((other.Name == Name || other.Name.StartsWith(Name + "/", StringComparison.Ordinal)) && !mine.Contains(other.Name))
                throw new InputException($"{datasets.Location} holds '{other.Name}', which is not part of this data set: choose another name, or delete it first.");
        }
    }

    private async Task SendOptionsAsync(IDataStore datasets, Action<StoredItem> sent, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(Options!);
        await datasets.WriteAllBytesAsync(Upload.SidecarOf(Name), bytes, cancellationToken);
        sent(new StoredItem(Upload.SidecarOf(Name), bytes.Length));
    }
}
