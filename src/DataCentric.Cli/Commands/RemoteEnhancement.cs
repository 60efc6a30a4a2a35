using System.Diagnostics;
using DataCentric.Cli.Composition;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Starts;

namespace DataCentric.Cli.Commands;

/// <summary><c>enhance --on</c>: a run of an Azure Functions app, started and followed from here. The same command again finds the same run.</summary>
internal static class RemoteEnhancement
{
    public static async Task<int> RunAsync(EnhanceOptions options, ParseResult parsed, CancellationToken cancellationToken)
    {
        var choices = await options.ReadNamesAsync(parsed, cancellationToken);
        using var runs = new RemoteRuns(parsed.GetValue(options.Remote.App)!, Environment.GetEnvironmentVariable(RemoteRuns.KeyVariable), options.Remote.App.Name);
        var (account, overwrite, watch) = (parsed.GetValue(options.Remote.Account), parsed.GetValue(options.Overwrite), Stopwatch.StartNew());
        if (account is not null && choices["dataset"] is string place && (File.Exists(place) || Directory.Exists(place)))
            choices["dataset"] = await UploadAsync(choices, place, DataStores.Open(account, StoredDatasets.Container), overwrite, cancellationToken);

        var id = await runs.StartAsync(choices.ToJson(), cancellationToken);
        Messages.Hint($"Run {id}. It goes on without this command; runs stop ends it.");
        await using var output = parsed.GetValue(options.Out) is { } folder ? await ResultFolder.TakeAsync(folder, id, overwrite, cancellationToken) : null;
        var run = await RunsCommand.FollowAsync(runs, id, cancellationToken);
        if (run is { State: RunPhase.Completed } && output is not null)
            await output.FetchAsync(account!, choices.ToRequest(id), cancellationToken);
        return Tell(run, output, watch.Elapsed, parsed.GetValue(options.Json));
    }

    /// <summary>Sends the data set, unless it is there.</summary>
    /// <returns>Its name there.</returns>
    private static async Task<string> UploadAsync(EnhancementChoices choices, string place, IDataStore datasets, bool overwrite, CancellationToken cancellationToken)
    {
        var sidecar = choices.ToJson();
        sidecar.Remove("dataset");
        var upload = DatasetUpload.Of(place, name: null, sidecar.ToJsonString());
        if (await upload.IsThereAsync(datasets, cancellationToken))
            Messages.Hint($"Data set '{upload.Name}' is in {datasets.Location} already.");
        else
            await UploadCommand.SendAsync(upload, place, datasets, overwrite, cancellationToken);
        return upload.Name;
    }

    private static int Tell(RunEntry run, ResultFolder? output, TimeSpan elapsed, bool json)
    {
        Messages.Result(json, run, () =>
        {
            if (run.Summary is { } summary && output is not null)
                SummaryTable.Show(summary, output.Path, elapsed);
            else
                RunsCommand.Show(run);
        });
        return EnhanceCommand.IsScoredAsAsked(run.Summary) && run.State == RunPhase.Completed ? ExitCode.Done : ExitCode.Failed;
    }
}
