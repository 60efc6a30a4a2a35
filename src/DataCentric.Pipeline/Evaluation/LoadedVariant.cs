using DataCentric.Pipeline.DataSets;

namespace DataCentric.Pipeline.Evaluation;

/// <summary>A training set that is compared, in memory.</summary>
/// <param name="Variant">What the record says of it.</param>
/// <param name="Data">Its images.</param>
internal sealed record LoadedVariant(TrainingSetVariant Variant, LoadedData Data)
{
    private const string WayOut = "Score a set of so many, as enhance --limit makes it.";

    /// <summary>What trains a network on this set.</summary>
    /// <param name="architecture">Registry name.</param>
    /// <param name="seed">Seed of the training.</param>
    /// <param name="options">How to train it.</param>
    /// <param name="initial">Model file that training begins with; null for an untrained network.</param>
    public TrainingRequest RequestFor(string architecture, ulong seed, SurrogateOptions options, byte[]? initial = null) =>
        new(architecture, Data.Images, Data.Outline.Classes.Count, seed, options with { Architectures = [architecture] }) { Initial = initial };

    /// <summary>Reads the raw set and the enhanced ones and checks that they belong together.</summary>
    /// <param name="request">Where they lie.</param>
    /// <param name="locator">Finds data sets.</param>
    /// <param name="observer">Told what is remarkable about them.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The variants, raw first, and the hashes of all surrogates that attacked images of the enhanced sets.</returns>
    /// <exception cref="InputException">Shapes, classes, labels or sizes do not match, or a set was made from other data.</exception>
    public static async Task<(IReadOnlyList<LoadedVariant> Variants, IReadOnlySet<string> Surrogates)> ReadAsync(
        ScoreRequest request, IDatasetLocator locator, IActivityObserver observer, CancellationToken cancellationToken)
    {
        var runs = new List<RunRecord?>();
        foreach (var set in request.Enhanced)
            runs.Add(await RunOfAsync(set, locator, cancellationToken));
        var limited = runs.FirstOrDefault(run => run?.Request.Limit is not null)?.Request;
        var reading = runs.OfType<RunRecord>().FirstOrDefault()?.Request.Reading ?? default;
        var raw = await LoadedData.ReadAsync(locator, request.Raw!, reading, limited?.Seed ?? 0, limited?.Limit, WayOut, observer, cancellationToken);
        var variants = new List<LoadedVariant> { new(new(VariantNames.Raw, raw.Outline.Name, raw.Sha256, raw.Images.Count), raw) };
        var names = NamesOf(request.Enhanced, runs);
        foreach (var (set, run, name) in request.Enhanced.Zip(runs, names))
        {
            var data = await LoadedData.ReadAsync(locator, set, default, 0, null, WayOut, observer, cancellationToken);
            if (run is not null && run.Input.InputHash != raw.Sha256)
                throw new InputException($"{data.Outline.Name} was made from other data than {raw.Outline.Name}: the SHA-256 of its source is {run.Input.InputHash}.");
            RequireSameLabels(raw, data);
            variants.Add(new(new(name, data.Outline.Name, data.Sha256, data.Images.Count, run?.Request.Split.ToString()), data));
        }

        return (variants, runs.SelectMany(run => run?.Surrogates ?? []).Select(model => model.Sha256).ToHashSet());
    }

    private static async Task<RunRecord?> RunOfAsync(string set, IDatasetLocator locator, CancellationToken cancellationToken)
    {
        using var located = await locator.LocateAsync(set, cancellationToken);
        var stored = Directory.Exists(located.Path) ? await RunFile.TryReadAsync(new FolderStore(located.Path), cancellationToken) : null;
        return stored is { Seal: RunSeal.Broken }
            ? throw new InputException($"{NamedDatasetLocator.ShownName(set)}: {ResultFiles.Run} was changed after it was written: its seal does not fit. Run verify on it.")
            : stored?.Run;
    }

    /// <summary>"enhanced" for one; for several their splits where these tell them apart, else the names of their folders.</summary>
    private static string[] NamesOf(IReadOnlyList<string> sets, IReadOnlyList<RunRecord?> runs)
    {
        if (sets.Count == 1)
            return [VariantNames.Enhanced];
        var splits = runs.Select(run => run?.Request.Split.ToString()).OfType<string>().Distinct().ToArray();
        var names = splits.Length == sets.Count ? splits : [.. sets.Select(set => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(NamedDatasetLocator.ShownName(set)))))];
        return names.Distinct().Count() == sets.Count && !names.Contains(VariantNames.Raw)
            ? names
            : throw new InputException($"The enhanced sets {string.Join(", ", sets.Select(NamedDatasetLocator.ShownName))} need folders of different names, and none called {VariantNames.Raw}.");
    }

    private static void RequireSameLabels(LoadedData raw, LoadedData enhanced)
    {
        raw.Outline.Require(enhanced.Outline);
        var (source, images) = (raw.Images, enhanced.Images);
        if (images.Count > source.Count)
            throw new InputException($"{enhanced.Outline.Name} has {images.Count} images, more than the {source.Count} of {raw.Outline.Name}.");
        for (var n = 0; images.Count == source.Count && n < images.Count; n++)
        {
            if (images.Labels[n] != source.Labels[n])
                throw new InputException($"{enhanced.Outline.Name}: image {n} has label {images.Labels[n]}, but {source.Labels[n]} in {raw.Outline.Name}. The labels do not match.");
        }
    }
}

/// <summary>One of the training sets that are compared.</summary>
/// <param name="Name">Short name, such as <c>raw</c> or <c>0:1:4</c>.</param>
/// <param name="Dataset">Where it lies; null where networks were imported.</param>
/// <param name="Sha256">Hash of its files; null where networks were imported.</param>
/// <param name="Count">Training images; null where networks were imported.</param>
/// <param name="Split">Shares clean:adversarial:corrupted of an enhanced set; null elsewhere.</param>
public sealed record TrainingSetVariant(string Name, string? Dataset = null, string? Sha256 = null, int? Count = null, string? Split = null);
