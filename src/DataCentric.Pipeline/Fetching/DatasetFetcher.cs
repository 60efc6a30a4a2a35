using Polly;
using Polly.Retry;

namespace DataCentric.Pipeline.Fetching;

/// <summary>
/// Fetches the files of a known data set into a folder. What is there and whole is left alone; what was begun is gone on with. A file has
/// its name only when its length and SHA-256 are right.
/// </summary>
/// <param name="client">Sends requests; without a timeout of its own.</param>
/// <param name="options">How patiently.</param>
/// <param name="time">Measures waits.</param>
/// <param name="progress">Told of bytes and of trouble.</param>
public sealed class DatasetFetcher(HttpClient client, FetchOptions options, TimeProvider time, IProgress<FetchProgress> progress)
{
    private readonly FetchOptions _options = options.Validated();

    /// <summary>Fetches all files, and says beside them what their licence is.</summary>
    /// <param name="dataset">What to fetch.</param>
    /// <param name="address">Folder on the web; null for the authors' own.</param>
    /// <param name="folder">Where the files go.</param>
    /// <param name="cancellationToken">Stops; the next run goes on.</param>
    /// <returns>Full paths of the files.</returns>
    /// <exception cref="InputException">A file is not there, or is another one, or another process fetches the same.</exception>
    /// <exception cref="FetchException">A file did not come in spite of all attempts.</exception>
    public async Task<IReadOnlyList<string>> FetchAsync(KnownDataset dataset, Uri? address, string folder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var store = new FolderStore(folder);
        await using var held = await StoreLock.TakeAsync(
            store, $".{dataset.Name}.lock", $"{store.Location}: another process fetches {dataset.Name}. Wait for it, or choose another folder.", time, null, cancellationToken);
        Directory.CreateDirectory(folder);
        var paths = new List<string>();
        foreach (var file in dataset.Files)
        {
            var path = Path.GetFullPath(Path.Combine(folder, file.Name));
            if (!await IsWholeAsync(path, file, cancellationToken))
            {
                if (File.Exists(path) && !_options.Overwrite)
                    throw new InputException($"{path} is another file than the {file.Name} that would be fetched. Choose another folder, or say --overwrite.");
                await FetchAsync(file, new Uri(address ?? dataset.Address, file.Name), path, cancellationToken);
            }

            progress.Report(new FetchProgress(file.Name, file.Length, file.Length));
            paths.Add(path);
        }

        await LicenceSidecar.WriteAsync(dataset, folder, cancellationToken);
        return paths;
    }

    private static async Task<bool> IsWholeAsync(string path, KnownFile file, CancellationToken cancellationToken)
    {
        if (!File.Exists(path) || new FileInfo(path).Length != file.Length)
            return false;
        await using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)) == file.Sha256;
    }

    private async Task FetchAsync(KnownFile file, Uri address, string path, CancellationToken cancellationToken)
    {
        var part = new PartialFile(path);
        var download = new Download(client, address, file, part, _options.StallTimeout, time, progress);
        if (part.Length < file.Length)
            await Retries(file, part).ExecuteAsync(async token => await download.RunAsync(token), cancellationToken);
        if (!await IsWholeAsync(part.Part, file, cancellationToken))
        {
            part.Delete();
            throw new FetchException($"{address}: what came is not {file.Name}: its SHA-256 differs. It was removed.");
        }

        part.Complete();
    }

    /// <summary>Attempts with growing waits between them, until several one after the other brought nothing.</summary>
    private ResiliencePipeline Retries(KnownFile file, PartialFile part)
    {
        var (fruitless, length) = (0, part.Length);
        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is FetchException && GoesOn()),
                DelayGenerator = _ => ValueTask.FromResult<TimeSpan?>(Delay(fruitless)),
                OnRetry = arguments =>
                {
                    progress.Report(new FetchProgress(file.Name, part.Length, file.Length, arguments.Outcome.Exception!.Message));
                    return ValueTask.CompletedTask;
                },
            })
            .Build();

        bool GoesOn()
        {
            (fruitless, length) = (part.Length > length ? 0 : fruitless + 1, part.Length);
            return fruitless < _options.FruitlessAttempts;
        }
    }

    /// <summary>Doubled for each attempt that brought nothing.</summary>
    private TimeSpan Delay(int fruitless) =>
        TimeSpan.FromTicks(Math.Min(_options.LongestDelay.Ticks, _options.FirstDelay.Ticks << Math.Clamp(fruitless - 1, 0, 16)));
}
