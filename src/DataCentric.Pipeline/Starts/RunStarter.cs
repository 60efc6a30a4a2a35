using System.Text;
using DataCentric.Pipeline.Requests;
using DataCentric.Pipeline.Sets;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Workflow;

namespace DataCentric.Pipeline.Starts;

/// <summary>Turns what a user sent or uploaded into the input of a run.</summary>
/// <param name="datasets">Where data sets are uploaded to.</param>
/// <param name="limits">How wide runs fan out.</param>
public sealed class RunStarter(StoredDatasets datasets, FanOutLimits limits)
{
    /// <summary>Reads the body of a start.</summary>
    /// <param name="body">Choices as JSON (<see cref="EnhancementChoices"/>).</param>
    /// <param name="cancellationToken">Stops looking for the data set.</param>
    /// <returns>The run, or everything that is wrong with the choices.</returns>
    public async Task<RunStart> FromBodyAsync(string body, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        return await FinishAsync(ChoicesJson.Read(body, problems), problems, cancellationToken);
    }

    /// <summary>Finds out what the upload of a blob starts.</summary>
    /// <param name="blob">Name of the blob in the container of data sets.</param>
    /// <param name="cancellationToken">Stops looking for the data set.</param>
    /// <returns>The run, or what is wrong with the sidecar; null where the blob starts none.</returns>
    public async Task<RunStart?> FromUploadAsync(string blob, CancellationToken cancellationToken)
    {
        var upload = Upload.Of(blob);
        if (upload.IsInFolder || !upload.StartsRun(await datasets.IsFolderAsync(upload.Dataset, cancellationToken)))
            return null;
        var problems = new List<string>();
        var choices = ChoicesJson.Read(await ReadSidecarAsync(upload.Dataset, problems, cancellationToken), problems);
        if (choices.Dataset is { } other && other != upload.Dataset)
            problems.Add($"dataset: {Upload.SidecarOf(upload.Dataset)} belongs to '{upload.Dataset}', not to '{other}'.");
        return await FinishAsync(choices with { Dataset = upload.Dataset }, problems, cancellationToken);
    }

    private async Task<string> ReadSidecarAsync(string dataset, List<string> problems, CancellationToken cancellationToken)
    {
        var sidecar = Upload.SidecarOf(dataset);
        if (await datasets.Store.FindAsync(sidecar, cancellationToken) is not { } item)
            return "";
        if (item.Length <= ChoicesJson.LongestText)
            return Encoding.UTF8.GetString(await datasets.Store.ReadAllBytesAsync(sidecar, cancellationToken)).TrimStart('\uFEFF');
        problems.Add($"{sidecar} has {item.Length} bytes; at most {ChoicesJson.LongestText} are read.");
        return "";
    }

    private async Task<RunStart> FinishAsync(EnhancementChoices choices, List<string> problems, CancellationToken cancellationToken)
    {
        const string Unnamed = "unnamed";
        var request = Try(() => choices.ToRequest(Unnamed), problems);
        problems.AddRange(request?.Validate() ?? []);
        if (request is { Dataset.Length: > 0 } && await TryFingerprintAsync(request.Dataset, problems, cancellationToken) is { } fingerprint)
            request = request with { RunId = RequestIdentity.RunIdFor(request, $"{request.Dataset}|{fingerprint}") };
        return problems.Count == 0 ? new RunStart(new RunInput(request!, limits), []) : new RunStart(Input: null, problems);
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
