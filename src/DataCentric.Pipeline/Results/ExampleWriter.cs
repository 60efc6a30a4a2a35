using DataCentric.Imaging.Pictures;
using DataCentric.Npy;
using DataCentric.Pipeline.DataSets;

namespace DataCentric.Pipeline.Results;

/// <summary>
/// Shows a few samples of each role and kind as clean, result and amplified difference: <c>contact-sheet.png</c>, and <c>examples.npy</c>
/// for the report, which can so be made again without the source.
/// </summary>
internal static class ExampleWriter
{
    public static async Task<IReadOnlyList<StoredFile>> WriteAsync(
        PipelineStores stores, EnhancementRequest request, IngestedSet set, InputRecord input, ManifestStatistics statistics, CancellationToken cancellationToken)
    {
        var result = stores.Result(request);
        var canonical = new CanonicalSet(stores.Work, new RunLayout(request.RunId), set);
        var (groups, strips) = (new List<ContactSheetGroup>(), new List<byte[]>());
        foreach (var (group, entries) in statistics.Examples)
        {
            var clean = await canonical.ReadAsync([.. entries.Select(entry => entry.Index)], cancellationToken);
            var stored = await ReadStoredAsync(result, set, entries, cancellationToken);
            var samples = entries.Select((entry, i) => new ContactSheetSample(clean.Images.Image(i).ToArray(), stored[i], input.Classes[entry.Label])).ToArray();
            groups.Add(new ContactSheetGroup(group.Name, samples, Note(group.Count)));
            strips.AddRange(samples.Select(sample => SampleStrip.Make(sample.Clean.Span, sample.Result.Span, set.Shape)));
        }

        var subtitle = $"{set.Count} samples, split {request.Split} (clean : adversarial : corrupted), seed {request.Seed}";
        var sheet = ContactSheet.Draw($"{Path.GetFileName(request.Dataset)}, enhanced", subtitle, set.Shape, groups);
        return
        [
            await result.WriteHashedAsync(ResultFiles.ContactSheet, sheet, cancellationToken),
            await result.WriteHashedAsync(ResultFiles.Examples, (stream, token) => WriteStripsAsync(stream, strips, SampleStrip.ShapeOf(set.Shape), token), cancellationToken),
        ];
    }

    private static async Task WriteStripsAsync(Stream stream, List<byte[]> strips, ImageShape shape, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(NpyHeader.For(NpyDType.U1, strips.Count, shape.Height, shape.Width, ImageShape.Channels).ToBytes(), cancellationToken);
        foreach (var strip in strips)
            await stream.WriteAsync(strip, cancellationToken);
    }

    private static async Task<byte[][]> ReadStoredAsync(
        IDataStore result, IngestedSet set, IReadOnlyList<ManifestEntry> entries, CancellationToken cancellationToken)
    {
        await using var stream = await result.OpenReadAsync(ResultFiles.Data, 0, cancellationToken);
        var header = NpyHeader.Read(stream, ResultFiles.Data);
        var images = new byte[entries.Count][];
        for (var i = 0; i < images.Length; i++)
        {
            images[i] = new byte[set.Shape.ByteLength];
            await result.ReadAsync(ResultFiles.Data, header.OffsetOf(entries[i].Index), images[i], cancellationToken);
        }

        return images;
    }

    private static string Note(int count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "sample" : "samples")}");
}
