using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Reading;
using DataCentric.Pipeline.DataSets;

namespace DataCentric.Cli.Composition;

/// <summary>The data set of one command: brought to this machine, unpacked and its files listed once, read as often as needed.</summary>
internal sealed class JobDataset : IDatasetLocator, IDisposable
{
    private readonly LocatedDataset _located;
    private readonly Lazy<LocalDataSet> _set;
    private string? _sha256;

    private JobDataset(LocatedDataset located, ReadingOptions reading) =>
        (_located, Reading, _set) = (located, reading, new(() => LocalDataSet.At(located.Path, reading)));

    /// <summary>How its images become those of the set.</summary>
    public ReadingOptions Reading { get; }

    /// <summary>A file, folder or archive of this machine.</summary>
    public string Path => _located.Path;

    /// <summary>The set, which may be opened several times.</summary>
    public LocalDataSet Set => _set.Value;

    /// <summary>Finds a data set, fetching it where it is a blob or a folder of blobs.</summary>
    public static async Task<JobDataset> OpenAsync(string dataset, ReadingOptions reading, CancellationToken cancellationToken) =>
        new(await new NamedDatasetLocator().LocateAsync(dataset, cancellationToken), reading);

    /// <summary>A reader that stands before the first image; dispose it before this.</summary>
    public IImageReader OpenReader() => Set.Open();

    /// <summary>The hash of its files, computed once: what the run goes by even if the files change later.</summary>
    public async Task<string> HashAsync(CancellationToken cancellationToken) => _sha256 ??= await DatasetHash.ComputeAsync(Set.Files, cancellationToken);

    public Task<LocatedDataset> LocateAsync(string dataset, CancellationToken cancellationToken) =>
        Task.FromResult(new LocatedDataset(Path) { Sha256 = _sha256 });

    public void Dispose()
    {
        if (_set.IsValueCreated)
            Set.Dispose();
        _located.Dispose();
    }
}

/// <summary>The two things that a run reads: its data set and, where it is scored, the test sets.</summary>
/// <param name="job">The job, whose request names them.</param>
internal sealed class JobLocator(EnhancementJob job) : IDatasetLocator
{
    public Task<LocatedDataset> LocateAsync(string dataset, CancellationToken cancellationToken) =>
        (dataset == job.Request.Score?.Test ? job.Tests! : job.Dataset!).LocateAsync(dataset, cancellationToken);
}
