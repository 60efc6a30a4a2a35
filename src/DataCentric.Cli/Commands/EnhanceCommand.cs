using System.CommandLine;
using System.Diagnostics;
using DataCentric.Cli.Composition;
using DataCentric.Cli.Terminal;
using DataCentric.Pipeline.Export;

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
        var output = new OutputFolder(parsed.GetValue(options.Out)!);
        var job = parsed.GetValue(options.Resume)
            ? await EnhancementJob.ResumeAsync(output, parsed.GetValue(options.Storage), cancellationToken)
            : await EnhancementJob.FromOptionsAsync(options, parsed, output, cancellationToken);
        using var dataset = job.Dataset;
        if (parsed.GetValue(options.ShardSize) is { } shardSize)
            job = job with { Request = job.Request with { ShardSize = shardSize } };
        if (CommonOptions.Words(parsed.GetValue(options.Formats)) is { } formats)
            job = job with { Request = job.Request with { Formats = formats } };
        if (SetFormats.Problems(job.Request.Formats) is [var problem, ..])
            throw new InputException(problem);
        var workers = parsed.GetValue(options.Workers) ?? Environment.ProcessorCount;
        var adversary = CommonOptions.Adversary(parsed.GetValue(options.Device));
        var json = parsed.GetValue(options.Json);
        if (parsed.GetValue(options.DryRun))
            return await DryRun.RunAsync(job, adversary, workers, json, cancellationToken);

        using var runLock = output.Lock();
        await output.WriteJobAsync(job, cancellationToken);
        await using var host = new EnhancementHost(job, output, adversary, workers, cancellationToken);
        var watch = Stopwatch.StartNew();
        var summary = await host.RunAsync();
        if (json)
            Messages.Json(summary);
        else
            SummaryTable.Show(summary, output.Path, watch.Elapsed);
        return CommandLine.Done;
    }
}
