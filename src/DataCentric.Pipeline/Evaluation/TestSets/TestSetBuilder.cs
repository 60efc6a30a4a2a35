using DataCentric.Pipeline.DataSets;

namespace DataCentric.Pipeline.Evaluation.TestSets;

/// <summary>
/// Makes the test sets once: ori, adv and cor hold the same clean test images, as they are, attacked by held-out networks, and
/// corrupted. A finished set of the same identity is used again; a stopped one goes on.
/// </summary>
/// <param name="store">Receives the test sets.</param>
/// <param name="locator">Finds data sets.</param>
/// <param name="adversary">Trains, loads, attacks.</param>
/// <param name="observer">Watches, and is told what is remarkable about the data sets.</param>
public sealed class TestSetBuilder(IDataStore store, IDatasetLocator locator, IAdversary adversary, IActivityObserver observer)
{
    private const string Work = "work/";

    /// <summary>What is written to a place; what is unfinished there is given up for other test sets, what is finished is not.</summary>
    /// <param name="store">The place.</param>
    public static OutputClaim ClaimOn(IDataStore store) => new(
        "testset",
        "",
        [TestSetFiles.Record, TestSetFiles.Manifest, .. TestSetFiles.Parts.SelectMany(part => new[] { TestSetFiles.Data(part), TestSetFiles.Label(part) }), "attackers/", Work])
    {
        IsOwn = async token => await store.TryReadJsonAsync<TestSetRecord>(TestSetFiles.Record, PipelineJson.Indented, token) is not null,
    };

    /// <summary>Makes the test sets or finds them.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="workers">Work done at once, at least 1; does not change the result.</param>
    /// <param name="cancellationToken">Stops within one unit of work.</param>
    /// <exception cref="InputException">Data cannot be used, test images leak, or the store holds other test sets.</exception>
    public async Task<TestSetRecord> MakeAsync(TestSetRequest request, int workers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var options = request.Options.Validated();
        var test = await LoadedData.ReadAsync(locator, request.Dataset, options.Reading, options.Seed, options.Limit, "Take so many by --limit.", observer, cancellationToken);
        options = options.For(test.Outline.Shape);
        using var networks = new HeldOutNetworks(store, adversary, observer);
        await networks.ReadAsync(request, test, cancellationToken);
        var training = new List<LoadedData>();
        foreach (var set in request.Training)
        {
            training.Add(await LoadedData.ReadAsync(locator, set, options.Reading with { Part = null }, options.Seed, null, "Split the training set, and name each part.", observer, cancellationToken));
            test.Outline.Require(training[^1].Outline);
        }

        var identity = await IdentityAsync(request with { Options = options }, test, training, cancellationToken);
        if (await FindAsync(identity, cancellationToken) is { } finished)
            return await ClearedAsync(finished, cancellationToken);
        var (kept, leaks) = LeakGate.Check(test.Images, training.Select(set => set.Images), options, cancellationToken);
        await networks.TrainAsync(request, training.FirstOrDefault(), cancellationToken);

        var clean = Take(test.Images, kept);
        var work = store.Below($"{Work}{identity[..16]}");
        TestPart[] parts =
        [
            new(clean, [.. Enumerable.Range(0, clean.Count).Select(n => new TestSampleEntry(TestSetFiles.Original, n, clean.SourceIds[n], clean.Labels[n]))]),
            await new AdversarialPart(networks, work, options, workers, observer).MakeAsync(clean, cancellationToken),
            CorruptedPart.Make(clean, options, workers),
        ];
        var files = await new TestSetWriter(store).WriteAsync(parts, test.Outline.Classes.Count, cancellationToken);
        var record = new TestSetRecord
        {
            Identity = identity,
            Sha256 = TestSet.HashOf(files),
            Options = options,
            Count = clean.Count,
            Shape = clean.Shape,
            Classes = test.Outline.Classes,
            DatasetSha256 = test.Sha256,
            TrainingSha256 = [.. training.Select(set => set.Sha256)],
            Attackers = networks.Models,
            Strength = options.RawNetwork is null ? null : networks.Measure(clean, parts[1].Images, [.. parts[1].Entries.Select(entry => entry.Attack!)], cancellationToken),
            Attacks = Count(parts[1].Entries.Select(entry => entry.Attack!)),
            Kinds = Count(parts[2].Entries.Select(entry => entry.Kind!)),
            Leaks = leaks,
            Device = adversary.Device,
            Files = files,
        };
        await store.WriteJsonAsync(TestSetFiles.Record, record, PipelineJson.Indented, cancellationToken);
        return await ClearedAsync(record, cancellationToken);
    }

    /// <summary>Removes all that is unfinished, that of other test sets whose process was killed, too.</summary>
    private async Task<TestSetRecord> ClearedAsync(TestSetRecord record, CancellationToken cancellationToken)
    {
        await foreach (var item in store.ListAsync(Work, cancellationToken))
            await store.DeleteAsync(item.Name, cancellationToken);
        return record;
    }

    private async Task<TestSetRecord?> FindAsync(string identity, CancellationToken cancellationToken)
    {
        if (await store.TryReadJsonAsync<TestSetRecord>(TestSetFiles.Record, PipelineJson.Indented, cancellationToken) is not { } found)
            return null;
        if (found.Identity != identity)
            throw new InputException($"{store.Location} holds test sets made from other data or with other options; choose another folder.");
        return await store.AreWholeAsync(found.Files, cancellationToken) ? found : null;
    }

    private static async Task<string> IdentityAsync(
        TestSetRequest request, LoadedData test, IEnumerable<LoadedData> training, CancellationToken cancellationToken)
    {
        var parts = new List<string> { "1", JsonSerializer.Serialize(request.Options, PipelineJson.Compact), test.Sha256 };
        parts.AddRange(training.Select(set => set.Sha256));
        foreach (var attacker in request.Attackers)
            parts.Add(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(attacker, cancellationToken))));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
    }

    private static ImageSet Take(ImageSet images, int[] kept) => new(
        images.Shape,
        [.. kept.SelectMany(n => images.Image(n).ToArray())],
        [.. kept.Select(n => images.Labels[n])],
        [.. kept.Select(n => images.SourceIds[n])]);

    private static Dictionary<string, int> Count(IEnumerable<string> names) =>
        names.GroupBy(name => name).OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count());
}
