using DataCentric.Imaging.Formats;
using DataCentric.Pipeline.DataSets;
using Microsoft.Extensions.Logging;

namespace DataCentric.Pipeline.Stages;

public static partial class ActivityNames
{
    /// <summary>Any supported format to the canonical set.</summary>
    public static readonly ActivityName<EnhancementRequest, IngestedSet> Ingest = new("Ingest");
}

/// <summary>Reads a data set of any supported format, checks it and stores the canonical set: pixels, sample table, source names.</summary>
/// <param name="stores">Where the run lies.</param>
/// <param name="locator">Finds the data set.</param>
/// <param name="observer">Watches samples.</param>
/// <param name="logger">Tells what is remarkable about the data set.</param>
internal sealed partial class IngestActivity(PipelineStores stores, IDatasetLocator locator, IActivityObserver observer, ILogger<IngestActivity> logger)
    : IActivity<EnhancementRequest, IngestedSet>
{
    private const int BatchBytes = 4 * 1024 * 1024;

    /// <exception cref="InputException">The data set is broken or changes meanwhile, or the run id belongs to another request or to other data.</exception>
    public async Task<IngestedSet> RunAsync(EnhancementRequest input, CancellationToken cancellationToken)
    {
        var layout = new RunLayout(input.RunId);
        using var dataset = await locator.LocateAsync(input.Dataset, cancellationToken);
        var inputHash = dataset.Sha256 ?? await DatasetHash.ComputeAsync(dataset.Path, input.Reading, cancellationToken);
        var known = await stores.Work.TryReadSealedAsync<InputRecord>(layout.InputRecord, PipelineJson.Indented, cancellationToken);
        if (known is not null)
        {
            ThrowIfOther(known, input, inputHash);
            CheckFormats(input, known.Set, known.Format);
            if (await stores.Work.AreWholeAsync(known.Files, cancellationToken))
                return known.Set;
        }

        using var reader = ImageSource.Open(dataset.Path, input.Reading);
        var info = reader.Info;
        CheckFormats(input, new IngestedSet(inputHash, info.Count, info.Shape, info.Classes.Count, info.HasSoftLabels), info.Format, info.WhyNameless);
        var record = await CopyAsync(reader, input, inputHash, layout, cancellationToken);
        if (await DatasetHash.ComputeAsync(dataset.Path, input.Reading, cancellationToken) != inputHash)
            throw new InputException($"Data set '{input.Dataset}' changed while it was read. Start again, with another name or --out, when nothing writes to it any more.");
        record = record with { LeftOut = reader.LeftOut is { Count: > 0 } broken ? broken : null, License = await LicenseFile.FindAsync(dataset.Path, cancellationToken) };
        await stores.Work.WriteSealedAsync(layout.InputRecord, record, PipelineJson.Indented, cancellationToken);
        foreach (var remark in reader.Remarks)
            WarnOf(remark);
        return record.Set;
    }

    private static void CheckFormats(EnhancementRequest request, IngestedSet set, string inputFormat, string? whyNameless = null) => SetFormats.Check(
        request.Formats, request.Folder, set with { HasSoftLabels = set.HasSoftLabels || request.Labels == LabelRule.Distilled }, inputFormat, whyNameless);

    private static void ThrowIfOther(InputRecord known, EnhancementRequest request, string inputHash)
    {
        if (known.Set.InputHash != inputHash)
            throw new InputException($"Data set '{request.Dataset}' changed since run {request.RunId} began; start it under another name.");
        if (RequestIdentity.Differences(known.Request, request) is { Count: > 0 } differences)
            throw new InputException($"Run {request.RunId} belongs to another request ({string.Join("; ", differences)}).");
    }

    private async Task<InputRecord> CopyAsync(
        IImageReader reader, EnhancementRequest request, string inputHash, RunLayout layout, CancellationToken cancellationToken)
    {
        var info = reader.Info;
        var count = Math.Min(request.Limit ?? info.Count, info.Count);
        var set = new IngestedSet(inputHash, count, info.Shape, info.Classes.Count, info.HasSoftLabels);
        var files = new StoredFile[3];

        // Three files in one pass over the source: each store call hands over its stream while the outer ones are open.
        await stores.Work.WriteAsync(layout.InputPixels, WritePixels, cancellationToken);
        return new InputRecord(request, set, info.Format, info.Count, info.Classes, files);

        async Task WritePixels(Stream stream, CancellationToken token)
        {
            await using var pixels = new HashingStream(stream);
            await stores.Work.WriteAsync(layout.InputSamples, WriteSamples, token);
            files[0] = new StoredFile(layout.InputPixels, pixels.Length, pixels.Sha256());

            async Task WriteSamples(Stream samplesStream, CancellationToken _)
            {
                await using var samples = new HashingStream(samplesStream);
                await stores.Work.WriteAsync(layout.InputSources, WriteSources, token);
                files[1] = new StoredFile(layout.InputSamples, samples.Length, samples.Sha256());

                async Task WriteSources(Stream sourcesStream, CancellationToken __)
                {
                    await using var sources = new HashingStream(sourcesStream);
                    await CopySamplesAsync(reader, request, set, pixels, samples, sources, token);
                    files[2] = new StoredFile(layout.InputSources, sources.Length, sources.Sha256());
                }
            }
        }
    }

    private async Task CopySamplesAsync(
        IImageReader reader, EnhancementRequest request, IngestedSet set, Stream pixels, Stream table, Stream sources, CancellationToken cancellationToken)
    {
        var done = 0;
        var row = new byte[SampleRow.ByteLength(set.ClassCount, set.HasSoftLabels)];
        var chosen = Planner.Select(request.Seed, reader.Info.Count, request.Limit);
        foreach (var (first, images) in reader.ReadBatches(chosen, Math.Max(1, BatchBytes / set.Shape.ByteLength)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await pixels.WriteAsync(images.Pixels, cancellationToken);
            for (var i = 0; i < images.Count; i++)
            {
                var soft = images.SoftLabels?[(i * set.ClassCount)..((i + 1) * set.ClassCount)];
                new SampleRow((ulong)(first + i), images.Labels[i], soft).Write(row);
                await table.WriteAsync(row, cancellationToken);
                await sources.WriteAsync(Encoding.UTF8.GetBytes(images.SourceIds[i].ReplaceLineEndings(" ") + "\n"), cancellationToken);
            }

            observer.Report(new ActivityProgress("input", done += images.Count, set.Count, "images"));
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Remark}")]
    private partial void WarnOf(string remark);
}
