using System.CommandLine;
using System.Text.Json.Serialization;
using DataCentric.Cli.Commands;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Model;

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
        return job with { Storage = storage, Dataset = await JobDataset.OpenAsync(job.Request.Dataset, cancellationToken) };
    }

    /// <summary>Reads the options, checks them all and finds the run id.</summary>
    /// <exception cref="InputException">Something is wrong; the message lists it all.</exception>
    public static async Task<EnhancementJob> FromOptionsAsync(
        EnhanceOptions options, ParseResult parsed, OutputFolder output, CancellationToken cancellationToken)
    {
        var request = options.ToRequest(parsed);
        var models = parsed.GetValue(options.SurrogateModels) is { Length: > 0 } files ? files : null;
        if (models is not null)
            request = request with { SurrogateModels = await ModelUpload.SurrogateNamesAsync(models, cancellationToken) };
        if (request.Validate() is { Count: > 0 } problems)
            throw new InputException(string.Join(Environment.NewLine, problems));

        var dataset = await JobDataset.OpenAsync(parsed.GetValue(options.Dataset)!, cancellationToken);
        try
        {
            return await FromDatasetAsync(request, models, dataset, options, parsed, output, cancellationToken);
        }
        catch
        {
            dataset.Dispose();
            throw;
        }
    }

    private static async Task<EnhancementJob> FromDatasetAsync(
        EnhancementRequest request,
        IReadOnlyList<string>? models,
        JobDataset dataset,
        EnhanceOptions options,
        ParseResult parsed,
        OutputFolder output,
        CancellationToken cancellationToken)
    {
        var heldOut = parsed.GetValue(options.HeldOut);
        if (heldOut is not null)
            request = request with { HeldOut = await ModelUpload.HeldOutNameAsync(heldOut, cancellationToken) };
        request = request with { RunId = RequestIdentity.RunIdFor(request, await DatasetHash.ComputeAsync(dataset.Path, cancellationToken)) };

        var known = await output.TryReadJobAsync(cancellationToken);
        if (known is not null && known.Request.RunId != request.RunId)
        {
            var differences = RequestIdentity.Differences(known.Request, request);
            var reason = differences.Count > 0 ? string.Join("; ", differences) : "the data set differs";
            throw new InputException($"{output.Path} belongs to another run ({reason}). Choose another --out, or go on with that run by --resume.");
        }

        var storage = parsed.GetValue(options.Storage);
        return new EnhancementJob(
            request, storage is not null, FullPath(parsed.GetValue(options.Surrogates)), FullPath(heldOut), models?.Select(Path.GetFullPath).ToArray())
        {
            Storage = storage,
            Dataset = dataset,
        };
    }

    private static string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path);
}
