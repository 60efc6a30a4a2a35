using System.Globalization;
using System.Security.Cryptography;
using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Pictures;
using DataCentric.Npy;
using DataCentric.Pipeline.Requests;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Sets;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Activities;

/// <summary>Draws <c>contact-sheet.png</c>: for each role and kind a few samples as clean, result and amplified difference.</summary>
internal static class ContactSheetWriter
{
    public static async Task<StoredFile> WriteAsync(
        PipelineStores stores, EnhancementRequest request, IngestedSet set, InputRecord input, ManifestStatistics statistics, CancellationToken cancellationToken)
    {
        var result = stores.Result(request);
        var groups = new List<ContactSheetGroup>();
        foreach (var name in Order(request, statistics))
        {
            var entries = statistics.Examples[name];
            var clean = await new CanonicalSet(stores.Work, new RunLayout(request.RunId), set).ReadAsync([.. entries.Select(entry => entry.Index)], cancellationToken);
            var stored = await ReadStoredAsync(result, set, entries, cancellationToken);
            var samples = entries.Select((entry, i) => new ContactSheetSample(clean.Images.Image(i).ToArray(), stored[i], input.Classes[entry.Label]));
            groups.Add(new ContactSheetGroup(name, [.. samples], Note(statistics.Counts[name])));
        }

        var subtitle = $"{set.Count} samples, split {request.Split} (clean : adversarial : corrupted), seed {request.Seed}";
        var png = ContactSheet.Draw($"{Path.GetFileName(request.Dataset)}, enhanced", subtitle, set.Shape, groups);
        await result.WriteAllBytesAsync(ResultFiles.ContactSheet, png, cancellationToken);
        return new StoredFile(ResultFiles.ContactSheet, png.Length, Convert.ToHexStringLower(SHA256.HashData(png)));
    }

    /// <summary>Clean, adversarial, then the kinds in the order of their set.</summary>
    private static IEnumerable<string> Order(EnhancementRequest request, ManifestStatistics statistics)
    {
        string[] all = ["clean", "adversarial", .. CorruptionCatalog.Set(request.Corruptions.Set).Kinds.Select(kind => kind.Name)];
        return all.Where(statistics.Examples.ContainsKey);
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
