namespace DataCentric.Pipeline.DataSets;

/// <summary>
/// Opens images of a run's canonical set for training, which reads them one at a time: from the file of the work store where that lies on this
/// machine, else from a copy among temporary files, which trainings at the same time share.
/// </summary>
/// <param name="stores">Where the run lies, and where temporary files may.</param>
internal sealed class TrainingImages(PipelineStores stores)
{
    private const int BytesAtOnce = 16 << 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string RunId, string InputHash, int Count), Copy> _copies = [];

    /// <summary>Opens them.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="set">Its canonical set.</param>
    /// <param name="chosen">Their numbers in the set, ascending; those of one run and one count are the same.</param>
    /// <param name="cancellationToken">Stops copying.</param>
    /// <returns>The images, which the caller disposes.</returns>
    public async Task<ImageFile> OpenAsync(string runId, IngestedSet set, int[] chosen, CancellationToken cancellationToken)
    {
        var canonical = new CanonicalSet(stores.Work, new RunLayout(runId), set);
        var rows = await canonical.ReadLabelsAsync(chosen, cancellationToken);
        if (canonical.PixelFile is { } path)
            return Open(path, chosen, null);
        var copy = Take((runId, set.InputHash, chosen.Length), () => CopyAsync(canonical, set, chosen, cancellationToken));
        try
        {
            var scratch = await copy.Made;
            return Open(PixelsIn(scratch), [.. Enumerable.Range(0, chosen.Length)], () => GiveBack(copy));
        }
        catch
        {
            GiveBack(copy);
            throw;
        }

        ImageFile Open(string file, int[] records, Action? onDispose) => new(
            file,
            records,
            set.Shape,
            [.. rows.Select(row => row.Label)],
            [.. chosen.Select(index => $"#{index}")],
            set.HasSoftLabels ? [.. rows.SelectMany(row => row.SoftLabel!)] : null,
            onDispose);
    }

    private static string PixelsIn(ScratchFolder scratch) => Path.Combine(scratch.Path, "pixels.bin");

    private async Task<ScratchFolder> CopyAsync(CanonicalSet canonical, IngestedSet set, int[] chosen, CancellationToken cancellationToken)
    {
        var scratch = ScratchFolder.Create(stores.Scratch);
        try
        {
            await using var file = File.Create(PixelsIn(scratch));
            foreach (var some in chosen.Chunk(Math.Max(1, BytesAtOnce / set.Shape.ByteLength)))
                await file.WriteAsync(await canonical.ReadPixelsAsync(some, cancellationToken), cancellationToken);
            return scratch;
        }
        catch
        {
            scratch.Dispose();
            throw;
        }
    }

    private Copy Take((string RunId, string InputHash, int Count) key, Func<Task<ScratchFolder>> make)
    {
        lock (_gate)
        {
            if (!_copies.TryGetValue(key, out var copy) || copy.Made is { IsFaulted: true } or { IsCanceled: true })
                _copies[key] = copy = new(make());
            copy.Users++;
            return copy;
        }
    }

    private void GiveBack(Copy copy)
    {
        lock (_gate)
        {
            if (--copy.Users > 0)
                return;
            foreach (var key in _copies.Where(pair => pair.Value == copy).Select(pair => pair.Key).ToArray())
                _copies.Remove(key);
        }

        if (copy.Made.IsCompletedSuccessfully)
            copy.Made.Result.Dispose();
    }

    private sealed class Copy(Task<ScratchFolder> made)
    {
        public Task<ScratchFolder> Made { get; } = made;

        public int Users { get; set; }
    }
}
