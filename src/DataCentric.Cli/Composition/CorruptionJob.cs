using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataCentric.Images;
using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Formats;
using DataCentric.Npy;

namespace DataCentric.Cli.Composition;

/// <summary>Streams a data set through corruptions, one after the other; memory holds one batch.</summary>
internal sealed record CorruptionJob
{
    public const string PairLayout = "pair";
    public const string CifarLayout = "cifar-c";
    private const string Manifest = "manifest.jsonl";
    private const int BatchBytes = 8 * 1024 * 1024;
    private const int MostCifarClasses = 256;

    private readonly HashSet<string> _told = [];

    public required LocalDataSet Dataset { get; init; }

    public required IReadOnlyList<Corruption> Corruptions { get; init; }

    public required string Layout { get; init; }

    public required ulong Seed { get; init; }

    public required int? Limit { get; init; }

    public required int Workers { get; init; }

    /// <summary>Names of the files it writes.</summary>
    public IReadOnlyList<string> Files =>
    [
        .. Layout == PairLayout
            ? Corruptions.SelectMany(corruption => new[] { $"{FolderOf(corruption)}/data.npy", $"{FolderOf(corruption)}/label.npy" })
            : Corruptions.Select(corruption => $"{corruption.Name}.npy").Distinct().Append("labels.npy"),
        Manifest,
    ];

    /// <summary>Hash of everything that its files depend on; the textures by their place alone.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="textures">Folder of textures; null where there is none.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<string> IdentityAsync(JobDataset dataset, string? textures, CancellationToken cancellationToken)
    {
        var kinds = string.Join(',', Corruptions.Select(corruption => corruption.Id));
        var data = await dataset.HashAsync(cancellationToken);
        var reading = dataset.Reading == default ? "" : $"|{JsonSerializer.Serialize(dataset.Reading, PipelineJson.Compact)}"; // Claims from before there was a choice stay what they are.
        var text = string.Create(CultureInfo.InvariantCulture, $"1|{data}|{Layout}|{Seed}|{Limit}|{textures}|{kinds}{reading}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Runs all and writes a manifest: one line for each corruption.</summary>
    public async Task<IReadOnlyList<CorruptionEntry>> RunAsync(IDataStore output, IAnsiConsole terminal, CancellationToken cancellationToken)
    {
        var entries = new List<CorruptionEntry>();
        if (Layout == PairLayout)
        {
            foreach (var corruption in Corruptions)
                entries.Add(await WritePairAsync(output, corruption, terminal, cancellationToken));
        }
        else
        {
            foreach (var severities in Corruptions.GroupBy(corruption => corruption.Name))
                entries.AddRange(await WriteKindAsync(output, [.. severities], terminal, cancellationToken));
        }

        await output.WriteAsync(Manifest, WriteManifest, cancellationToken);
        return entries;

        async Task WriteManifest(Stream stream, CancellationToken token)
        {
            foreach (var entry in entries)
                await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(entry, PipelineJson.Compact).Append((byte)'\n').ToArray(), token);
        }
    }

    /// <summary>Checks that the layout can hold the data set, before anything is written.</summary>
    /// <exception cref="InputException">It cannot.</exception>
    public void RequireFit()
    {
        if (Layout == PairLayout)
            return;
        using var reader = Dataset.Open();
        if (reader.Info.Classes.Count > MostCifarClasses)
            throw new InputException($"--layout {CifarLayout} has labels of one byte, which tell {MostCifarClasses} classes apart; the data set has {reader.Info.Classes.Count}. Take --layout {PairLayout}.");
    }

    private async Task<CorruptionEntry> WritePairAsync(IDataStore output, Corruption corruption, IAnsiConsole terminal, CancellationToken cancellationToken)
    {
        using var reader = Open(corruption);
        var folder = FolderOf(corruption);
        var count = Math.Min(Limit ?? reader.Info.Count, reader.Info.Count);
        await output.WriteAsync(
            $"{folder}/data.npy",
            (data, token) => output.WriteAsync($"{folder}/label.npy", (labels, _) => Copy(data, labels, token), token),
            cancellationToken);
        return Entry($"{folder}/data.npy", 0, count, corruption);

        Task Copy(Stream data, Stream labels, CancellationToken token)
        {
            var writer = new NpyPairWriter(data, labels, count, reader.Info.Shape, reader.Info.Classes.Count);
            foreach (var images in Batches(reader, count, corruption, terminal, token))
                writer.Write(images);
            writer.Complete();
            return Task.CompletedTask;
        }
    }

    /// <summary>The layout of CIFAR-10-C: one array for each kind, severity after severity, and the labels as often.</summary>
    private async Task<IReadOnlyList<CorruptionEntry>> WriteKindAsync(
        IDataStore output, IReadOnlyList<Corruption> severities, IAnsiConsole terminal, CancellationToken cancellationToken)
    {
        using var first = Dataset.Open();
        var (file, shape) = ($"{severities[0].Name}.npy", first.Info.Shape);
        var count = Math.Min(Limit ?? first.Info.Count, first.Info.Count);
        await output.WriteAsync(
            file, (data, token) => output.WriteAsync("labels.npy", (labels, _) => Copy(data, labels, token), token), cancellationToken);
        return [.. severities.Select((corruption, block) => Entry(file, block * count, count, corruption))];

        Task Copy(Stream data, Stream labels, CancellationToken token)
        {
            var pixelWriter = new NpyWriter(data, NpyDType.U1, severities.Count * count, shape.Height, shape.Width, ImageShape.Channels);
            var labelWriter = new NpyWriter(labels, NpyDType.U1, severities.Count * count);
            foreach (var corruption in severities)
            {
                using var reader = Open(corruption);
                foreach (var images in Batches(reader, count, corruption, terminal, token))
                {
                    pixelWriter.Write(images.Pixels);
                    labelWriter.Write([.. images.Labels.Select(label => checked((byte)label))]);
                }
            }

            pixelWriter.Complete();
            labelWriter.Complete();
            return Task.CompletedTask;
        }
    }

    private static string FolderOf(Corruption corruption) => corruption.Severity == 0 ? corruption.Name : $"{corruption.Name}-{corruption.Severity}";

    private CorruptedReader Open(Corruption corruption) => new(Dataset.Open(), corruption, Seed, Workers);

    private IEnumerable<ImageSet> Batches(CorruptedReader reader, int count, Corruption corruption, IAnsiConsole terminal, CancellationToken cancellationToken)
    {
        var (done, start) = (0, Stopwatch.GetTimestamp());
        var chosen = Planner.Select(Seed, reader.Info.Count, Limit);
        var shown = start;
        foreach (var (_, images) in reader.ReadBatches(chosen, Math.Max(1, BatchBytes / reader.Info.Shape.ByteLength)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return images;
            done += images.Count;
            if (done < count && Stopwatch.GetElapsedTime(shown) < TimeSpan.FromSeconds(2))
                continue;
            shown = Stopwatch.GetTimestamp();
            var rate = done / Math.Max(1e-9, Stopwatch.GetElapsedTime(start).TotalSeconds);
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{corruption.Id}: {done}/{count} images, {rate:F0}/s"));
        }

        Messages.Warnings(reader.Remarks.Where(_told.Add)); // the set is read once for each corruption
    }

    private CorruptionEntry Entry(string file, int first, int count, Corruption corruption) =>
        new(file, first, count, corruption.Set, corruption.Name, corruption.Severity, Seed);
}

/// <summary>One corruption of a job: a line of its manifest.</summary>
/// <param name="File">The array it was written to.</param>
/// <param name="First">Row of its first image.</param>
/// <param name="Count">Images.</param>
/// <param name="Set">Parameter set.</param>
/// <param name="Kind">Kind of corruption.</param>
/// <param name="Severity">1 to 5, or 0 for fixed parameters.</param>
/// <param name="Seed">Seed that, with a record's number in the source, keys the draws for it.</param>
internal sealed record CorruptionEntry(string File, int First, int Count, string Set, string Kind, int Severity, ulong Seed);
