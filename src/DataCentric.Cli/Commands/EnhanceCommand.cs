using System.Diagnostics;
using DataCentric.Cli.Composition;
using DataCentric.Pipeline.Documents.Live;

namespace DataCentric.Cli.Commands;

/// <summary><c>enhance</c>: the main job.</summary>
internal static class EnhanceCommand
{
    public static Command Create()
    {
        var options = new EnhanceOptions();
        var command = new Command("enhance", "Make the enhanced set: part attacked, part corrupted, part clean; the same size as the input.");
        foreach (var option in options.All)
            command.Options.Add(option);
        command.Validators.Add(options.Validate);
        command.SetAction((parsed, cancellationToken) => RunAsync(options, parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(EnhanceOptions options, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(options.Remote.App) is not null)
            return await RemoteEnhancement.RunAsync(options, parsed, cancellationToken);
        var output = new OutputFolder(parsed.GetValue(options.Out)!);
        using var adversary = CommonOptions.Adversary(parsed.GetValue(options.Device));
        var file = await options.ReadFileAsync(parsed, cancellationToken);
        var job = parsed.GetValue(options.Resume)
            ? await EnhancementJob.ResumeAsync(output, parsed.GetValue(options.Storage), cancellationToken)
            : await options.ToJob(parsed, file).PrepareAsync(options.DatasetPlace(parsed, file), output, parsed.GetValue(options.Overwrite), options.Budget(parsed, adversary), cancellationToken);
        using var dataset = job.Dataset;
        job = job with { Request = options.Restate(parsed, job.Request) };
        if (options.TestPlace(parsed) is not null)
            job = await job.ScoredFromAsync(options.ScoreInit(parsed), cancellationToken);
        if (job.Request.Validate() is { Count: > 0 } problems)
            throw new InputException(string.Join(Environment.NewLine, problems));
        job.RefuseOverlap(output);
        using var tests = job.Request.Score is { } score ? await JobDataset.OpenAsync(options.TestPlace(parsed) ?? score.Test, default, cancellationToken) : null;
        job = job with { Tests = tests };
        var workers = parsed.GetValue(options.Workers) ?? Environment.ProcessorCount;
        await job.CheckModelsAsync(adversary, cancellationToken);
        var (json, memory) = (parsed.GetValue(options.Json), WorkingMemory.Of(parsed.GetValue(options.Memory)));
        if (parsed.GetValue(options.DryRun))
            return DryRun.Show(job, adversary, workers, memory, json, cancellationToken);

        workers = WorkingMemory.Workers(job, adversary, workers, memory, cancellationToken);
        await using var folderLock = await output.TakeAsync(job.Request, parsed.GetValue(options.Overwrite), cancellationToken);
        await output.WriteJobAsync(job, cancellationToken);
        await using var host = new EnhancementHost(job, output, adversary, workers, cancellationToken);
        var watch = Stopwatch.StartNew();
        var summary = await RunAsync(host, options.ServePort(parsed), output);
        var done = Messages.Result(json, summary, () => SummaryTable.Show(summary, output.Path, watch.Elapsed));
        if (IsScoredAsAsked(summary))
            return done;
        Messages.Hint(Messages.GoesOn);
        return ExitCode.Failed;
    }

    /// <summary>Says why a finished set could not be scored, where that was asked for and failed.</summary>
    public static bool IsScoredAsAsked(EnhancementSummary? summary)
    {
        if (summary?.Score?.Problem is not { } problem)
            return true;
        Messages.Error($"The set is finished, but could not be scored. {problem}");
        return false;
    }

    /// <summary>Runs, and shows the run on a page where that is asked for.</summary>
    private static async Task<EnhancementSummary> RunAsync(EnhancementHost host, int? port, OutputFolder output)
    {
        if (port is null)
            return await host.RunAsync();
        await using var server = new LiveServer(port.Value, host.LiveState, Path.Combine(output.Path, ResultFiles.Report), TimeProvider.System);
        Messages.Terminal.WriteLine($"Watch at {server.Address}");
        try
        {
            var summary = await host.RunAsync();
            server.Finish();
            return summary;
        }
        catch (Exception exception)
        {
            server.Fail(exception is OperationCanceledException ? "Stopped." : exception.Message);
            throw;
        }
    }
}
