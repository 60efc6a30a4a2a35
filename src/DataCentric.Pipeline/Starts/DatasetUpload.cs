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
        if (Upload.Of(ItemName.Check(name)) is { IsSidecar: true } or { IsInFolder: true } || Upload.Of(Upload.SidecarOf(name)).IsProblems)
            throw new InputException($"A data set cannot be named '{name}': a name has no '/' and ends neither with .json, as options do, nor with .problems.");
        if (File.Exists(Path.Combine(path, TestSetFiles.Record)))
            return options is null ? new(name, FilesOf(path, name), null) : throw new InputException($"'{path}' holds test sets, which start no run and take no options.");
        options ??= "{}";
        CheckOptions(name, options);
        return new(name, File.Exists(path) ? [(path, name)] : FilesOf(path, name), options);
    }

    /// <summary>Whether the data set is there already, whole and nothing else under its name; its options are not looked at. To send it once more
    /// would make another data set of it: the runs of the former one would not be found again.</summary>
    /// <param name="datasets">Where data sets lie.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public async Task<bool> IsThereAsync(IDataStore datasets, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(datasets);
        foreach (var (path, item) in Files)
        {
            if (await IsTheSameAsync(datasets, path, item, cancellationToken) != true)
                return false;
        }

        await CheckNothingElseAsync(datasets, cancellationToken);
        return true;
    }

    /// <summary>Sends it.</summary>
    /// <param name="datasets">Where data sets lie.</param>
    /// <param name="overwrite">Whether files of the same names and with other content are given up.</param>
    /// <param name="sent">Told of each file that is there.</param>
    /// <param name="cancellationToken">Stops sending; the run has not started then.</param>
    /// <exception cref="InputException">
    /// Other files lie under that name, and would become part of the data set or be lost, or another process sends a data set of that name.
    /// </exception>
    public async Task SendAsync(IDataStore datasets, bool overwrite, Action<StoredItem> sent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(datasets);
        ArgumentNullException.ThrowIfNull(sent);
        var refusal = $"{datasets.Location}: another process sends '{Name}'. Wait for it, or choose another name.";
        await using var held = await StoreLock.TakeAsync(
            datasets, $"{OutputClaim.Folder}/{Name}.lock", refusal, TimeProvider.System, cancellationToken: cancellationToken);
        await held.HoldAsync(SendHeldAsync, cancellationToken);

        async Task<bool> SendHeldAsync(CancellationToken token)
        {
            await CheckNothingElseAsync(datasets, token);
            if (!overwrite)
                await CheckNothingIsLostAsync(datasets, token);
            await SendAsync(datasets, sent, token);
            return true;
        }
    }

    private async Task SendAsync(IDataStore datasets, Action<StoredItem> sent, CancellationToken cancellationToken)
    {
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
            .Select(file => (Path: file, Name: Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/')))
            .Where(file => !file.Name.StartsWith($"{OutputClaim.Folder}/", StringComparison.Ordinal))
            .Select(file => (file.Path, Item: ItemName.Check($"{name}/{file.Name}")))
            .OrderBy(file => file.Item, StringComparer.Ordinal)
            .ToArray();
        return files.Length > 0 ? files : throw new InputException($"The folder '{folder}' is empty.");
    }

    private static void CheckOptions(string name, string options)
    {
        var problems = new List<string>();
        var choices = Upload.OptionsOf(name, options, problems, out _);
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

    /// <summary>What is there whole already, of an upload that was stopped say, may be sent again.</summary>
    private async Task CheckNothingIsLostAsync(IDataStore datasets, CancellationToken cancellationToken)
    {
        foreach (var (path, item) in Files)
        {
            if (await IsTheSameAsync(datasets, path, item, cancellationToken) == false)
                throw new InputException($"{datasets.Location} holds another '{item}': choose another name, or say --overwrite.");
        }
    }

    /// <summary>Whether an item has the content of a file; null where there is no such item.</summary>
    private static async Task<bool?> IsTheSameAsync(IDataStore datasets, string path, string item, CancellationToken cancellationToken)
    {
        if (await datasets.FindAsync(item, cancellationToken) is not { } there)
            return null;
        await using var file = ExactReading.Open(path);
        return there.Length == file.Length
            && await datasets.HashAsync(item, cancellationToken) == Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    private async Task SendOptionsAsync(IDataStore datasets, Action<StoredItem> sent, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(Options!);
        await datasets.WriteAllBytesAsync(Upload.SidecarOf(Name), bytes, cancellationToken);
        sent(new StoredItem(Upload.SidecarOf(Name), bytes.Length));
    }
}
