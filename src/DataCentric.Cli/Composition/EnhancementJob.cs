using System.Text.Json.Serialization;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation;
using DataCentric.Pipeline.Training;

namespace DataCentric.Cli.Composition;

/// <summary>A request and where its work lies; kept with the run so that it can go on.</summary>
/// <param name="Request">What is asked for.</param>
/// <param name="HasStorage">Whether the work lies elsewhere than in the hidden folder of the output.</param>
/// <param name="Surrogates">Folder of trained surrogates; null means the storage.</param>
/// <param name="HeldOutFile">Model file of the held-out network; null where none was given.</param>
/// <param name="SurrogateFiles">Model files of the ensemble; null where it is trained.</param>
internal sealed record EnhancementJob(
    EnhancementRequest Request, bool HasStorage, string? Surrogates, string? HeldOutFile, IReadOnlyList<string>? SurrogateFiles)
{
    /// <summary>Model files that training the ensemble begins with; null where it begins with untrained networks.</summary>
    public IReadOnlyList<string>? InitialFiles { get; init; }

    /// <summary>Model files that training the networks of the score begins with; null where it begins with untrained networks.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? ScoreInitFiles { get; init; }

    /// <summary>The minutes by which the epochs of the ensemble were chosen; null where epochs were.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? SurrogateMinutes { get; init; }

    /// <summary>The model files of the ensemble and of the score under the names that the request has for them.</summary>
    [JsonIgnore]
    public IEnumerable<(string Name, string File)> NamedFiles =>
        (Request.SurrogateModels ?? []).Zip(SurrogateFiles ?? []).Concat((Request.SurrogateInit ?? []).Zip(InitialFiles ?? []))
        .Concat((Request.Score?.Init ?? []).Zip(ScoreInitFiles ?? []));

    /// <summary>Folder, connection string or URL as the user gave it. Never kept: it may hold a secret.</summary>
    [JsonIgnore]
    public string? Storage { get; init; }

    /// <summary>The data set, where the job does not come from a file. Whoever made the job disposes it.</summary>
    [JsonIgnore]
    public JobDataset? Dataset { get; init; }

    /// <summary>The test sets that the run is scored on; null where it is not. Whoever opened them disposes them.</summary>
    [JsonIgnore]
    public JobDataset? Tests { get; init; }

    /// <summary>The job that the output folder holds.</summary>
    /// <exception cref="InputException">There is none, or its storage is not named or not the kind it was.</exception>
    public static async Task<EnhancementJob> ResumeAsync(OutputFolder output, string? storage, CancellationToken cancellationToken)
    {
        var job = await output.TryReadJobAsync(cancellationToken)
            ?? throw new InputException($"{output.Path} holds no run to go on with, or its note of it is broken; start with --dataset and the same options again.");
        if (job.HasStorage != storage is not null)
            throw new InputException(job.HasStorage
                ? "This run was started with --storage; name the same storage again (it is not kept, as it may hold a secret)."
                : "This run was started without --storage; leave it out.");
        return job with { Storage = storage, Dataset = await JobDataset.OpenAsync(job.Request.Dataset, job.Request.Reading, cancellationToken) };
    }

    /// <summary>The job with its files named by their content, checked, with its data set at hand and its run id.</summary>
    /// <param name="place">Where the data set lies, as the user said it.</param>
    /// <param name="output">Where the result goes.</param>
    /// <param name="overwrite">Whether another run that lies there is given up.</param>
    /// <param name="budget">Time to train the ensemble for; null where the request has its epochs.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InputException">Something is wrong; the message lists it all.</exception>
    public async Task<EnhancementJob> PrepareAsync(string place, OutputFolder output, bool overwrite, SurrogateBudget? budget, CancellationToken cancellationToken)
    {
        var request = SurrogateFiles is null
            ? Request
            : Request with { SurrogateModels = await NamesOfAsync("--surrogate-models", SurrogateFiles, ModelImport.SurrogateNameAsync, cancellationToken) };
        if (InitialFiles is not null)
            request = request with { SurrogateInit = await NamesOfAsync("--surrogate-init", InitialFiles, ModelImport.SurrogateNameAsync, cancellationToken) };
        if (request.Validate() is { Count: > 0 } problems)
            throw new InputException(string.Join(Environment.NewLine, problems));

        var dataset = await JobDataset.OpenAsync(place, request.Reading, cancellationToken);
        try
        {
            if (HeldOutFile is not null)
                request = request with { HeldOut = (await NamesOfAsync("--held-out", [HeldOutFile], ModelImport.HeldOutNameAsync, cancellationToken))[0] };
            var hash = await dataset.HashAsync(cancellationToken);
            var known = await output.TryReadJobAsync(cancellationToken);
            if (budget is not null)
                request = TrainedWithin(budget, this with { Request = request, Dataset = dataset }, known, hash, cancellationToken);
            request = request with { RunId = RequestIdentity.RunIdFor(request, hash) };
            if (overwrite || known is null || known.Request.RunId == request.RunId)
            {
                return this with
                {
                    Request = request,
                    Dataset = dataset,
                    Surrogates = FullPath(Surrogates),
                    HeldOutFile = FullPath(HeldOutFile),
                    SurrogateFiles = SurrogateFiles?.Select(Path.GetFullPath).ToArray(),
                    InitialFiles = InitialFiles?.Select(Path.GetFullPath).ToArray(),
                    SurrogateMinutes = budget?.Minutes,
                };
            }

            var differences = RequestIdentity.Differences(known.Request, request);
            var reason = differences.Count > 0 ? string.Join("; ", differences) : "the data set differs";
            throw new InputException($"{output.Path} belongs to another run ({reason}). Choose another --out, go on with that run by --resume, or give it up by --overwrite.");
        }
        catch
        {
            dataset.Dispose();
            throw;
        }
    }

    /// <summary>The job whose networks of the score begin with these model files, in the place of others.</summary>
    /// <param name="files">The files; null for untrained networks.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InputException">One cannot be read.</exception>
    public async Task<EnhancementJob> ScoredFromAsync(IReadOnlyList<string>? files, CancellationToken cancellationToken)
    {
        var names = files is null ? null : await NamesOfAsync("--score-init", files, ModelImport.SurrogateNameAsync, cancellationToken);
        return this with
        {
            Request = Request with { Score = Request.Score! with { Init = names } },
            ScoreInitFiles = files?.Select(Path.GetFullPath).ToArray(),
        };
    }

    /// <summary>Checks that nothing is written to what is read. Work and surrogates may lie beside an input: their names are hashes.</summary>
    /// <param name="output">Where the result goes.</param>
    /// <exception cref="InputException">Something would be.</exception>
    public void RefuseOverlap(OutputFolder output)
    {
        string?[] inputs = [Request.Dataset, Request.Score?.Test];
        Overlap.Refuse(output.Path, inputs);
        foreach (var place in new[] { Storage, Surrogates }.OfType<string>())
            Overlap.Refuse(place, inputs, mayHold: true);
    }

    /// <summary>Checks the model files that were named against the data set, before anything is computed.</summary>
    /// <param name="adversary">Knows model files.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">One cannot be read, is not a model file, or is for other classes or images; those that training begins with may be.</exception>
    public async Task CheckModelsAsync(IAdversary adversary, CancellationToken cancellationToken)
    {
        foreach (var file in (InitialFiles ?? []).Where(File.Exists))
        {
            await using var model = await UserFiles.OpenAsync(file, "--surrogate-init");
            adversary.Inspect(model, $"Model {file}");
        }

        InitialModel.Read([.. (ScoreInitFiles ?? []).Where(File.Exists)], adversary, cancellationToken);
        string[] files = [.. SurrogateFiles ?? [], .. HeldOutFile is null ? Array.Empty<string>() : [HeldOutFile]];
        if (files.Length == 0)
            return;
        using var reader = Dataset!.OpenReader();
        foreach (var file in files.Where(File.Exists)) // A run that goes on has them in its store.
            ModelImport.Check(adversary, file, new DataOutline("the data set", reader.Info.Shape, reader.Info.Classes));
    }

    /// <summary>The same command again is the same run, though the machine may be slower or faster now.</summary>
    private static EnhancementRequest TrainedWithin(SurrogateBudget budget, EnhancementJob job, EnhancementJob? known, string hash, CancellationToken cancellationToken)
    {
        if (known?.SurrogateMinutes == budget.Minutes && RequestIdentity.RunIdFor(For(known.Request.Surrogates.Epochs), hash) == known.Request.RunId)
            return For(known.Request.Surrogates.Epochs);
        return For(budget.Epochs(job, cancellationToken));

        EnhancementRequest For(int epochs) => job.Request with { Surrogates = job.Request.Surrogates with { Epochs = epochs, MinimumSteps = 0 } };
    }

    private static async Task<string[]> NamesOfAsync(
        string option, IReadOnlyList<string> files, Func<Stream, CancellationToken, Task<string>> nameOf, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        foreach (var file in files)
        {
            await using var model = await UserFiles.OpenAsync(file, option);
            names.Add(await nameOf(model, cancellationToken));
        }

        return [.. names];
    }

    private static string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path);
}
