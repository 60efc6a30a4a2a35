using DataCentric.Npy;

namespace DataCentric.Pipeline.DataSets;

/// <summary>Reads clean samples for comparison.</summary>
/// <param name="first">Number of the first sample in the enhanced set.</param>
/// <param name="keys">Number of each sample in the source, ascending.</param>
/// <param name="cancellationToken">Stops reading.</param>
/// <returns>The samples, in the order of the keys.</returns>
internal delegate Task<ImageSet> CleanReader(int first, IReadOnlyList<ulong> keys, CancellationToken cancellationToken);

/// <summary>
/// Checks a stored enhanced set by reading it again: file hashes, counts, and for each sample its place in the manifest, its pixels,
/// its label, its norms, and against the clean image, where there is one, its budget. Memory does not grow with the set.
/// </summary>
/// <param name="store">Holds the enhanced set.</param>
/// <param name="set">What it was made from.</param>
/// <param name="request">What was asked for.</param>
/// <param name="observer">Watches samples.</param>
internal sealed class ResultVerifier(IDataStore store, IngestedSet set, EnhancementRequest request, IActivityObserver observer)
{
    private const int BatchBytes = 4 << 20; // held three times while a batch is read: what the source gives, the originals, those of the batch before

    private int SamplesAtOnce => Math.Clamp(BatchBytes / set.Shape.ByteLength, 1, 512);

    /// <summary>Whether corrupted samples are made again from their clean images; that takes as long as making them did.</summary>
    public bool MakesAgain { get; init; }

    /// <summary>Reads everything once.</summary>
    /// <param name="files">Files with the hashes they should have.</param>
    /// <param name="clean">Reads clean samples; null leaves out what needs them.</param>
    /// <param name="breaches">Receives what is wrong, after what it holds already.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Number of samples read.</returns>
    public async Task<int> VerifyAsync(IReadOnlyList<StoredFile> files, CleanReader? clean, BreachList breaches, CancellationToken cancellationToken)
    {
        var broken = new List<string>();
        foreach (var file in files)
            await CheckFileAsync(file, broken, cancellationToken);
        foreach (var list in files.Where(file => file.Name.EndsWith(ChecksumList.FileName, StringComparison.Ordinal)))
            await CheckListAsync(list.Name, broken, cancellationToken);

        var sampleChecks = new SampleChecks(set, request, breaches);
        var samples = 0;
        try
        {
            samples = await CheckSamplesAsync(sampleChecks, clean, cancellationToken);
        }
        catch (Exception exception) when (exception is InputException or StoreException)
        {
            breaches.Add(exception.Message);
        }

        // Sample by sample first: a user wants to know which one, and only then that a file's hash differs.
        broken.ForEach(breaches.Add);
        return samples;
    }

    private async Task CheckFileAsync(StoredFile file, List<string> broken, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(file.Name, cancellationToken) is not { } item)
            broken.Add($"{file.Name} is missing.");
        else if (item.Length != file.Length)
            broken.Add($"{file.Name} has {item.Length} bytes; the run recorded {file.Length}.");
        else if (await store.HashAsync(file.Name, cancellationToken) != file.Sha256)
            broken.Add($"{file.Name} is not the file that the run recorded: its SHA-256 differs.");
    }

    private async Task CheckListAsync(string list, List<string> broken, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(list, cancellationToken) is null)
            return; // said already
        try
        {
            await foreach (var (name, sha256) in ChecksumList.ReadAsync(store, list, cancellationToken))
            {
                if (await store.HashAsync(name, cancellationToken) is not { } hash)
                    broken.Add($"{name} is missing.");
                else if (hash != sha256)
                    broken.Add($"{name} is not the file of {list}: its SHA-256 differs.");
            }
        }
        catch (InputException unreadable)
        {
            broken.Add($"{list}: {unreadable.Message}");
        }
    }

    private async Task<int> CheckSamplesAsync(SampleChecks checks, CleanReader? clean, CancellationToken cancellationToken)
    {
        await using var data = await store.OpenReadAsync(ResultFiles.Data, 0, cancellationToken);
        await using var labels = await store.OpenReadAsync(ResultFiles.Label, 0, cancellationToken);
        var (count, shape) = (set.Count, set.Shape);
        checks.Header(NpyHeader.Read(data, ResultFiles.Data), ResultFiles.Data, NpyHeader.For(NpyDType.U1, count, shape.Height, shape.Width, ImageShape.Channels));
        checks.Header(NpyHeader.Read(labels, ResultFiles.Label), ResultFiles.Label, NpyHeader.For(NpyDType.F4, count, set.ClassCount));
        var again = clean is not null && MakesAgain ? new CorruptedAgain(request.Seed, shape) : null;
        using var lines = new ManifestReader(await store.OpenReadAsync(ResultFiles.Manifest, 0, cancellationToken));
        var manifest = new ManifestChecks(lines, checks.Breaches);

        var pixels = new byte[set.Shape.ByteLength];
        var row = new byte[4 * set.ClassCount];
        for (var first = 0; first < set.Count; first += SamplesAtOnce)
        {
            var entries = new ManifestEntry?[Math.Min(SamplesAtOnce, set.Count - first)];
            for (var i = 0; i < entries.Length; i++)
                entries[i] = await manifest.FindAsync(first + i, cancellationToken);
            var keys = entries.Select(entry => entry?.Key).ToArray();
            var originals = clean is null || keys.Contains(null) ? null : await clean(first, [.. keys.Select(key => key!.Value)], cancellationToken);
            if (originals is not null)
                again?.Check(entries!, originals, checks);
            for (var i = 0; i < entries.Length; i++)
            {
                await ReadAsync(data, pixels, ResultFiles.Data, first + i, cancellationToken);
                await ReadAsync(labels, row, ResultFiles.Label, first + i, cancellationToken);
                if (entries[i] is { } entry)
                    checks.Sample(entry, pixels, row, originals, i);
            }

            observer.Report(new ActivityProgress("verify", first + entries.Length, set.Count, "images"));
        }

        await manifest.ExpectEndAsync(set.Count, cancellationToken);
        return set.Count;
    }

    private static async Task ReadAsync(Stream stream, Memory<byte> buffer, string file, int sample, CancellationToken cancellationToken)
    {
        if (await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken) < buffer.Length)
            throw new InputException($"Sample {sample}: {file} ends before it.");
    }
}

/// <summary>What a verification found.</summary>
/// <param name="Samples">Samples read.</param>
/// <param name="BreachCount">Number of breaches found.</param>
/// <param name="Breaches">The first of them, a sentence each that names file and sample.</param>
public sealed record VerificationReport(int Samples, int BreachCount, IReadOnlyList<string> Breaches);

/// <summary>Counts breaches and keeps the first of them.</summary>
internal sealed class BreachList
{
    private const int Kept = 20;
    private readonly List<string> _first = [];
    private int _count;

    /// <summary>Whether nothing was found.</summary>
    public bool IsEmpty => _count == 0;

    public void Add(string breach)
    {
        _count++;
        if (_first.Count < Kept)
            _first.Add(breach);
    }

    /// <summary>Adds what this one holds to another.</summary>
    public void MoveTo(BreachList other)
    {
        _first.ForEach(other.Add);
        other._count += _count - _first.Count;
    }

    public VerificationReport Report(int samples) => new(samples, _count, _first);
}
