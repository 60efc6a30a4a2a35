using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation.TestSets;

namespace DataCentric.Pipeline.Evaluation;

/// <summary>The two training sets of a run: raw, as it was ingested, and enhanced, as it was published.</summary>
/// <param name="stores">Where the run and its result lie.</param>
/// <param name="request">The request.</param>
/// <param name="set">The canonical set.</param>
internal sealed class RunVariants(PipelineStores stores, EnhancementRequest request, IngestedSet set)
{
    /// <summary>What a record says of the variants.</summary>
    /// <param name="run">The published run.</param>
    public IReadOnlyList<TrainingSetVariant> Describe(RunRecord run) =>
    [
        new(VariantNames.Raw, ShownPlace.Of(request.Dataset), set.InputHash, set.Count),
        new(VariantNames.Enhanced, ShownPlace.Of(stores.Result(request).Location), HashOf(run), run.Input.Count, run.Request.Split.ToString()),
    ];

    /// <summary>Reads a variant into memory.</summary>
    /// <param name="name">One of <see cref="VariantNames.All"/>.</param>
    /// <param name="run">The published run.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InvalidDataException">What is stored is missing or damaged.</exception>
    public async Task<LoadedVariant> ReadAsync(string name, RunRecord run, CancellationToken cancellationToken)
    {
        var data = name == VariantNames.Raw ? await ReadRawAsync(cancellationToken) : await ReadEnhancedAsync(run, cancellationToken);
        return new(Describe(run).Single(variant => variant.Name == name), data);
    }

    /// <summary>Reads the ingested set.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InvalidDataException">It is missing.</exception>
    public async Task<LoadedData> ReadRawAsync(CancellationToken cancellationToken)
    {
        var layout = new RunLayout(request.RunId);
        var record = await stores.Work.TryReadSealedAsync<InputRecord>(layout.InputRecord, PipelineJson.Indented, cancellationToken)
            ?? throw new InvalidDataException($"{stores.Work.Location}: {layout.InputRecord} is missing or broken; start the run again.");
        var samples = await new CanonicalSet(stores.Work, layout, set).ReadAsync([.. Enumerable.Range(0, set.Count)], cancellationToken);
        await using var stream = await stores.Work.OpenReadAsync(layout.InputSources, 0, cancellationToken);
        using var names = new StreamReader(stream);
        var sources = new string[set.Count];
        for (var i = 0; i < sources.Length; i++)
            sources[i] = await names.ReadLineAsync(cancellationToken) ?? throw new InvalidDataException($"{layout.InputSources} is too short.");
        var read = samples.Images;
        return new(
            new DataOutline(request.Dataset, set.Shape, record.Classes),
            new ImageSet(read.Shape, read.Pixels, read.Labels, sources, read.SoftLabels),
            set.InputHash,
            LoadedData.SelectionOf(set.InputHash, request.Seed, request.Limit));
    }

    private async Task<LoadedData> ReadEnhancedAsync(RunRecord run, CancellationToken cancellationToken)
    {
        var (pixels, labels, sources) = (new MemoryStream(), new List<int>(), new List<string>());
        var soft = new List<float>();
        await using var reader = await EnhancedReader.OpenAsync(stores.Result(request), run.Output, cancellationToken);
        await foreach (var batch in reader.ReadAsync(run.Input.Count, cancellationToken))
        {
            pixels.Write(batch.Images.Pixels);
            labels.AddRange(batch.Images.Labels);
            sources.AddRange(batch.Images.SourceIds);
            soft.AddRange(batch.Images.SoftLabels ?? []);
        }

        var images = new ImageSet(run.Input.Shape, pixels.ToArray(), [.. labels], [.. sources], run.Output.HasSoftLabels ? [.. soft] : null);
        return new(new DataOutline("The enhanced set", run.Input.Shape, run.Classes), images, HashOf(run), HashOf(run));
    }

    /// <summary>Hash over those of pixels and labels.</summary>
    private static string HashOf(RunRecord run) => TestSet.HashOf(run.Files.Where(file => file.Name is ResultFiles.Data or ResultFiles.Label));
}
