using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Workflow;

namespace DataCentric.Pipeline.Starts;

/// <summary>Turns what a user sent or uploaded into the input of a run.</summary>
/// <param name="datasets">Where data sets are uploaded to.</param>
/// <param name="models">The model store, see <see cref="PipelineStores.Models"/>.</param>
/// <param name="limits">How wide runs fan out.</param>
public sealed class RunStarter(StoredDatasets datasets, IDataStore models, FanOutLimits limits)
{
    // Longer than any sentence without a value of the user's in it.
    private const int LongestProblem = 1200;

    private readonly NamesCheck _names = new(datasets, models);

    /// <summary>Reads the body of a start.</summary>
    /// <param name="body">Choices as JSON (<see cref="EnhancementChoices"/>), in UTF-8; never read further than choices may be long.</param>
    /// <param name="cancellationToken">Stops reading, and looking for the data set.</param>
    /// <returns>The run, or everything that is wrong with the choices.</returns>
    public async Task<RunStart> FromBodyAsync(Stream body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var problems = new List<string>();
        return await ReadTextAsync(body, "The options", problems, cancellationToken) is { } text && ChoicesJson.Read(text, problems, out var isObject) is var choices && isObject
            ? await FinishAsync(choices, problems, cancellationToken)
            : Refused(problems);
    }

    /// <summary>Finds out what the upload of a blob starts. What is wrong with it is written beside the data set (<see cref="Upload.ProblemsOf"/>)
    /// and removed again by an upload that starts a run.</summary>
    /// <param name="blob">Name of the blob in the container of data sets.</param>
    /// <param name="cancellationToken">Stops looking for the data set.</param>
    /// <returns>The run, or what is wrong with the sidecar; null where the blob starts none.</returns>
    public async Task<RunStart?> FromUploadAsync(string blob, CancellationToken cancellationToken)
    {
        var upload = Upload.Of(blob);
        if (upload.IsInFolder || !upload.StartsRun(await datasets.IsFolderAsync(upload.Dataset, cancellationToken)))
            return null;
        var problems = new List<string>();
        var sidecar = await ReadSidecarAsync(upload.Dataset, problems, cancellationToken);
        var start = sidecar is not null && Upload.OptionsOf(upload.Dataset, sidecar, problems, out var isObject) is var choices && isObject
            ? await FinishAsync(choices, problems, cancellationToken)
            : Refused(problems);
        await TellAsync(upload.Dataset, start.Problems, cancellationToken);
        return start;
    }

    private async Task TellAsync(string dataset, IReadOnlyList<string> problems, CancellationToken cancellationToken)
    {
        var name = Upload.ProblemsOf(dataset);
        if (problems.Count > 0)
            await datasets.Store.WriteJsonAsync(name, new { Problems = problems }, PipelineJson.Indented, cancellationToken);
        else if (await datasets.Store.FindAsync(name, cancellationToken) is not null)
            await datasets.Store.DeleteAsync(name, cancellationToken);
    }

    private async Task<string?> ReadSidecarAsync(string dataset, List<string> problems, CancellationToken cancellationToken)
    {
        var sidecar = Upload.SidecarOf(dataset);
        if (await datasets.Store.FindAsync(sidecar, cancellationToken) is null)
            return "";
        await using var content = await datasets.Store.OpenReadAsync(sidecar, 0, cancellationToken);
        return await ReadTextAsync(content, sidecar, problems, cancellationToken);
    }

    // Whoever can reach the app decides how much is sent; only so much is taken in.
    private static async Task<string?> ReadTextAsync(Stream content, string name, List<string> problems, CancellationToken cancellationToken)
    {
        var bytes = new byte[ChoicesJson.LongestText + 1];
        var length = await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        if (length <= ChoicesJson.LongestText)
            return Encoding.UTF8.GetString(bytes, 0, length).TrimStart('\uFEFF');
        problems.Add($"{name}: longer than {ChoicesJson.LongestText} bytes, the most that is read.");
        return null;
    }

    private async Task<RunStart> FinishAsync(EnhancementChoices choices, List<string> problems, CancellationToken cancellationToken)
    {
        const string Unnamed = "unnamed";
        var told = problems.Select(OptionOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var request = Try(() => choices.ToRequest(Unnamed), problems);
        // Of an option that could not be read the request has nothing or a default, of which nothing true can be said.
        problems.AddRange((request?.Validate() ?? []).Where(problem => !told.Contains(OptionOf(problem))));
        if (request is { Dataset.Length: > 0 } && await TryFingerprintAsync(request.Dataset, problems, cancellationToken) is { } fingerprint)
            request = request with { RunId = RequestIdentity.RunIdFor(request, $"{request.Dataset}|{fingerprint}") };
        if (request is not null)
            problems.AddRange(await _names.ProblemsAsync(request, cancellationToken));
        return problems.Count == 0 ? new RunStart(new RunInput(request!, limits), []) : Refused(problems);
    }

    private async Task<string?> TryFingerprintAsync(string dataset, List<string> problems, CancellationToken cancellationToken)
    {
        try
        {
            return await datasets.FingerprintAsync(dataset, cancellationToken);
        }
        catch (InputException exception)
        {
            problems.Add(exception.Message);
            return null;
        }
    }

    /// <summary>What a sentence is about: the name before its colon.</summary>
    private static string OptionOf(string problem) => problem[..Math.Max(0, problem.IndexOf(':', StringComparison.Ordinal))];

    /// <summary>An answer is not to be a thousand times as long as what it answers, nor to repeat a value of any length.</summary>
    private static RunStart Refused(List<string> problems) => new(Input: null,
    [
        .. problems.Take(ChoicesJson.MostProblems).Select(Shortened),
        .. problems.Count > ChoicesJson.MostProblems ? new[] { $"... and {problems.Count - ChoicesJson.MostProblems} more." } : [],
    ]);

    private static string Shortened(string problem) => problem.Length <= LongestProblem
        ? problem
        : $"{problem[..(LongestProblem / 2)].TrimEnd()} ... {problem[^(LongestProblem / 3)..].TrimStart()}";

    private static EnhancementRequest? Try(Func<EnhancementRequest> make, List<string> problems)
    {
        try
        {
            return make();
        }
        catch (InputException exception)
        {
            problems.Add(exception.Message);
            return null;
        }
    }
}

/// <summary>A run to start, or why there is none.</summary>
/// <param name="Input">Its input; null where something is wrong.</param>
/// <param name="Problems">Everything that is wrong, a sentence each.</param>
public sealed record RunStart(RunInput? Input, IReadOnlyList<string> Problems);

/// <summary>
/// Input of an orchestration. The limits travel with it, because a replay must decide as the first run did even when the settings of
/// the host have changed meanwhile.
/// </summary>
/// <param name="Request">The request.</param>
/// <param name="Limits">How wide to fan out.</param>
public sealed record RunInput(EnhancementRequest Request, FanOutLimits Limits);

/// <summary>Input of a child orchestration.</summary>
/// <param name="Group">The shards.</param>
/// <param name="Limits">How wide to fan out.</param>
public sealed record ShardGroupInput(ShardGroup Group, FanOutLimits Limits);

/// <summary>What a finished run tells: the output of its orchestration.</summary>
/// <param name="Summary">Counts and place of the result.</param>
/// <param name="ReportUri">Where a picture of it can be looked at, relative to the host of the start.</param>
public sealed record RunOutput(EnhancementSummary Summary, string ReportUri)
{
    /// <summary>The output for a summary.</summary>
    /// <param name="summary">The finished run.</param>
    public static RunOutput Of(EnhancementSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return new(summary, ReportOf(summary.RunId));
    }

    /// <summary>Where the report of a run is, relative to the host of the start.</summary>
    /// <param name="runId">The run.</param>
    public static string ReportOf(string runId) => $"/api/runs/{runId}/report";
}
