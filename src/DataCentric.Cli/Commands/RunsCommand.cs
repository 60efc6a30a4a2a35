using System.CommandLine.Parsing;
using DataCentric.Cli.Composition;

namespace DataCentric.Cli.Commands;

/// <summary><c>runs</c>: what an Azure Functions app has run and runs, watched and steered.</summary>
internal static class RunsCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string[] Actions = ["list", "show", "watch", "stop", "restart", "purge"];

    public static Command Create()
    {
        var action = new Argument<string>("ACTION")
        {
            Description = "list them; show one; watch it to its end; stop it, with what is under way; restart one that ended; purge what one that was given up has left.",
        };
        action.AcceptOnlyFromAmong(Actions);
        var id = new Argument<string?>("RUN") { Description = "Id of the run; all but list need it.", Arity = ArgumentArity.ZeroOrOne };
        var app = new Option<string>("--app") { Description = $"Address of the app; its function key comes from the environment ({RemoteRuns.KeyVariable}).", Required = true, HelpName = "URL" };
        var state = new Option<string?>("--state") { Description = $"Of list: some of {string.Join(", ", RunPhases.Words)}, separated by commas. [default: all]", HelpName = "LIST" };
        var json = CommonOptions.Json();
        var command = new Command("runs", "List, watch, stop, restart or purge the runs of an Azure Functions app.") { action, id, app, state, json };
        command.Validators.Add(result =>
        {
            // By their tokens: a value that is asked for here is not checked by the argument's own validators any more, which refuse what is empty.
            var (chosen, run) = (WordOf(result.GetResult(action)), WordOf(result.GetResult(id)));
            if (Actions.Contains(chosen) && run?.Trim() != "" && (chosen == "list") == (run is not null))
                result.AddError(chosen == "list" ? "runs list takes no id of a run." : $"runs {chosen}: name the run; runs list tells all.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            _ = RunPhases.Parse(parsed.GetValue(state));
            using var runs = new RemoteRuns(parsed.GetValue(app)!, Environment.GetEnvironmentVariable(RemoteRuns.KeyVariable));
            return await RunAsync(runs, parsed.GetValue(action)!, parsed.GetValue(id), parsed.GetValue(state), parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static string? WordOf(ArgumentResult? result) => result is { Tokens: [var word, ..] } ? word.Value : null;

    private static async Task<int> RunAsync(RemoteRuns runs, string action, string? id, string? state, bool json, CancellationToken cancellationToken)
    {
        switch (action)
        {
            case "list":
                var list = await runs.ListAsync(state, cancellationToken);
                return Messages.Result(json, list, () => Show(list));
            case "show":
                var run = await runs.ShowAsync(id!, cancellationToken);
                return Messages.Result(json, run, () => Show(run));
            case "watch":
                return await WatchAsync(runs, id!, json, cancellationToken);
            case "stop":
                await runs.StopAsync(id!, cancellationToken);
                return Messages.Result(json, new { runId = id }, $"Run {id} is terminated; what is under way ends within seconds. runs restart goes on from what is finished.");
            case "restart":
                await runs.RestartAsync(id!, cancellationToken);
                return Messages.Result(json, new { runId = id }, $"Run {id} is started again.");
            default:
                var removed = await runs.PurgeAsync(id!, cancellationToken);
                return Messages.Result(json, new { runId = id, removed }, $"Run {id}: {removed} stored items removed.");
        }
    }

    private static async Task<int> WatchAsync(RemoteRuns runs, string id, bool json, CancellationToken cancellationToken)
    {
        var run = await FollowAsync(runs, id, cancellationToken);
        Messages.Result(json, run, () => Show(run));
        return run.State == RunPhase.Completed ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>Tells how far a run is until it has ended. An app that does not answer for a while, as when its instance is replaced, is asked again.</summary>
    /// <param name="runs">The runs of the app.</param>
    /// <param name="id">The run.</param>
    /// <param name="cancellationToken">Ends the watching; the run goes on.</param>
    /// <exception cref="StoreException">The app has not answered for two minutes.</exception>
    public static async Task<RunEntry> FollowAsync(RemoteRuns runs, string id, CancellationToken cancellationToken)
    {
        for (var (told, failures) = ("", 0); ;)
        {
            try
            {
                var run = await runs.ShowAsync(id, cancellationToken);
                failures = 0;
                if (LineOf(run) is var line && line != told)
                    Messages.Hint(told = line);
                if (run.HasEnded)
                    return run;
            }
            catch (StoreException exception) when (++failures * Interval < Patience)
            {
                if (failures == 1)
                    Messages.Hint($"{exception.Message} It is asked again.");
                told = "";
            }

            await Task.Delay(Interval, cancellationToken);
        }
    }

    private static string LineOf(RunEntry run) => run is { HasEnded: false, Status: { } status }
        ? $"{WordOf(run)}: {WorkflowPhases.TitleOf(status.Phase)}, {status.Percent} %, {status.Done} of {status.Total} {WorkflowPhases.PartsOf(status.Phase)}{(status.Failed > 0 ? $", {status.Failed} failed" : "")}{(status.ImagesPerSecond is { } rate ? string.Create(CultureInfo.InvariantCulture, $", {rate:0.#} images a second") : "")}"
        : WordOf(run);

    private static string WordOf(RunEntry run) => RunPhases.WordOf(run.State);

    private static void Show(RunList list)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Run", "Data set", "State", "Started", "Stage", "%");
        foreach (var run in list.Runs)
        {
            string[] cells =
            [
                run.RunId, run.Dataset, WordOf(run), TimeOf(run.StartedAt), run.Status is { } status ? WorkflowPhases.TitleOf(status.Phase) : "",
                run.Status is { } now ? now.Percent.ToString(CultureInfo.InvariantCulture) : "",
            ];
            table.AddRow([.. cells.Select(cell => Markup.Escape(VisibleText.Of(cell)))]);
        }

        Messages.Table(table);
        if (list.More)
            Messages.Hint("There are more; --state narrows the list.");
    }

    /// <summary>A run for people.</summary>
    public static void Show(RunEntry run)
    {
        var facts = new FactsTable();
        facts.Add("Run", run.RunId);
        facts.Add("Data set", run.Dataset);
        facts.Add("State", LineOf(run));
        facts.Add("Started, changed", $"{TimeOf(run.StartedAt)}, {TimeOf(run.ChangedAt)}");
        if (run.Problem is { } problem)
            facts.Add("Problem", problem);
        if (run.Summary is { } summary)
            facts.Add("Result", $"{summary.Count} images, {summary.Location}");
        if (run.Summary?.FailedShards is { } failed)
            facts.Add("Failed", $"{FailedShards.Sentence(failed)}. runs restart tries again.");
        facts.Add("Report", run.ReportUri);
        facts.Show();
    }

    private static string TimeOf(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
