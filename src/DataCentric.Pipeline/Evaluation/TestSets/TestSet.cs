using DataCentric.Npy;
using DataCentric.Pipeline.DataSets;

namespace DataCentric.Pipeline.Evaluation.TestSets;

/// <summary>Finished test sets, read from a store and checked against their record.</summary>
/// <param name="Record">All there is to know of them.</param>
/// <param name="Parts">The parts by name.</param>
public sealed record TestSet(TestSetRecord Record, IReadOnlyDictionary<string, TestPart> Parts)
{
    /// <summary>Shape and classes.</summary>
    public DataOutline Outline => new("The test set", Record.Shape, Record.Classes);

    /// <summary>Hash of the test sets.</summary>
    /// <param name="files">Its files in order.</param>
    public static string HashOf(IEnumerable<StoredFile> files) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\n', files.Select(file => $"{file.Sha256} {file.Name}")))));

    /// <summary>Finds test sets, fetching them where needed, and reads them.</summary>
    /// <param name="locator">Finds it.</param>
    /// <param name="name">Its name, as a data set has one.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">There is none, or a file is not the one that was written.</exception>
    public static async Task<TestSet> ReadAsync(IDatasetLocator locator, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(locator);
        using var located = await FindAsync(locator, name, cancellationToken);
        return await ReadAsync(new FolderStore(located.Path), NamedDatasetLocator.ShownName(name), cancellationToken);
    }

    /// <summary>Reads the record of test sets, and nothing else; null where there are none.</summary>
    /// <param name="locator">Finds it.</param>
    /// <param name="name">Its name, as a data set has one.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<TestSetRecord?> TryReadRecordAsync(IDatasetLocator locator, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(locator);
        try
        {
            using var located = await FindAsync(locator, name, cancellationToken);
            return await new FolderStore(located.Path).TryReadJsonAsync<TestSetRecord>(TestSetFiles.Record, PipelineJson.Indented, cancellationToken);
        }
        catch (InputException)
        {
            return null;
        }
    }

    private static async Task<LocatedDataset> FindAsync(IDatasetLocator locator, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await locator.LocateAsync(name, cancellationToken);
        }
        catch (InputException exception)
        {
            throw new InputException($"{NamedDatasetLocator.ShownName(name)} holds no finished test sets: {exception.Message} Make them with testset.", exception);
        }
    }

    /// <summary>Reads test sets.</summary>
    /// <param name="store">Where it lies.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">There is none, or a file is not the one that was written.</exception>
    public static Task<TestSet> ReadAsync(IDataStore store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return ReadAsync(store, store.Location, cancellationToken);
    }

    private static async Task<TestSet> ReadAsync(IDataStore store, string place, CancellationToken cancellationToken)
    {
        var record = await store.TryReadJsonAsync<TestSetRecord>(TestSetFiles.Record, PipelineJson.Indented, cancellationToken)
            ?? throw new InputException($"{place} holds no finished test sets: {TestSetFiles.Record} is missing or broken. Make them with testset.");
        if (HashOf(record.Files) != record.Sha256)
            throw new InputException($"{place}: {TestSetFiles.Record} was changed; the hashes of its files do not make up {record.Sha256}.");
        foreach (var file in record.Files)
        {
            if (await store.HashAsync(file.Name, cancellationToken) is var hash && hash != file.Sha256)
                throw new InputException($"{place}: {file.Name} is not the file that was written; its SHA-256 is {hash ?? "none, it is gone"}, expected {file.Sha256}.");
        }

        var entries = (await ReadManifestAsync(store, cancellationToken)).ToLookup(entry => entry.Part);
        var parts = new Dictionary<string, TestPart>();
        foreach (var part in TestSetFiles.Parts)
            parts.Add(part, new(await ReadImagesAsync(store, part, record, [.. entries[part]], cancellationToken), [.. entries[part]]));
        return new(record, parts);
    }

    private static async Task<IEnumerable<TestSampleEntry>> ReadManifestAsync(IDataStore store, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetString(await store.ReadAllBytesAsync(TestSetFiles.Manifest, cancellationToken));
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<TestSampleEntry>(line, PipelineJson.Compact)!);
    }

    private static async Task<ImageSet> ReadImagesAsync(
        IDataStore store, string part, TestSetRecord record, TestSampleEntry[] entries, CancellationToken cancellationToken)
    {
        var name = TestSetFiles.Data(part);
        var bytes = await store.ReadAllBytesAsync(name, cancellationToken);
        using var stream = new MemoryStream(bytes);
        var header = NpyHeader.Read(stream, name);
        return new ImageSet(
            record.Shape,
            bytes[(int)header.DataOffset..],
            [.. entries.Select(entry => entry.Label)],
            [.. entries.Select(entry => entry.Source)]);
    }
}

/// <summary>One of the three parts.</summary>
/// <param name="Images">Its images.</param>
/// <param name="Entries">What is known of each.</param>
public sealed record TestPart(ImageSet Images, IReadOnlyList<TestSampleEntry> Entries);

/// <summary>A line of the test sets' <c>manifest.jsonl</c>: one image of one part.</summary>
/// <param name="Part">ori, adv or cor.</param>
/// <param name="Index">Number of the image in its part.</param>
/// <param name="Source">Source record of the clean image.</param>
/// <param name="Label">Class index.</param>
public sealed record TestSampleEntry(string Part, int Index, string Source, int Label)
{
    /// <summary>Name of the attack; null outside adv.</summary>
    public string? Attack { get; init; }

    /// <summary>Kind of the corruption; null outside cor.</summary>
    public string? Kind { get; init; }

    /// <summary>Severity of the corruption, 1 to 5; null outside cor.</summary>
    public int? Severity { get; init; }

    /// <summary>Whether the corruption is of a kind that no recipe corrupts by.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Unseen { get; init; }

    /// <summary>l-infinity norm of the attack's change, in levels; null outside adv.</summary>
    public int? Linf { get; init; }

    /// <summary>l2 norm of the attack's change, in levels; null outside adv.</summary>
    public double? L2 { get; init; }
}
