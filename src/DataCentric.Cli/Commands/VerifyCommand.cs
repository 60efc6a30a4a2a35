using DataCentric.Cli.Composition;
using DataCentric.Pipeline.Results;

namespace DataCentric.Cli.Commands;

/// <summary><c>verify</c>: reads an enhanced set again.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var place = new Argument<string>("DIR") { Description = "Folder (or blob storage) of the enhanced set." };
        var dataset = CommonOptions.Dataset("The data set it was made from, to compare pixels with. [default: where it was when the set was made]", required: false);
        var json = CommonOptions.Json();
        var command = new Command("verify", "Read an enhanced set again: counts, hashes, labels, norms. Exit code 1 where anything is wrong.") { place, dataset, json };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetValue(place)!, parsed.GetValue(dataset), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string place, string? dataset, bool json, CancellationToken cancellationToken)
    {
        var set = await EnhancedSet.OpenAsync(DataStores.Open(place), cancellationToken);
        using var located = dataset is null ? null : await JobDataset.OpenAsync(dataset, default, cancellationToken);
        var (report, againstSource, notes) = await set.VerifyAsync(located?.Path, new NullActivityObserver(), cancellationToken);
        Messages.Result(json, new { report.Samples, report.BreachCount, report.Breaches, againstSource, notes }, () =>
        {
            foreach (var breach in report.Breaches)
                Messages.Error(breach);
            if (report.BreachCount > report.Breaches.Count)
                Messages.Error($"... and {report.BreachCount - report.Breaches.Count} more.");
            foreach (var note in notes)
                Messages.Hint(note);
            if (!againstSource)
                Messages.Hint("The source data set is not at hand: pixels were checked by hash alone. Name it with --dataset to compare them.");
            Messages.Terminal.MarkupLine(report.BreachCount == 0
                ? $"[green]good[/] {report.Samples} samples, all as recorded"
                : $"[red]broken[/] {report.BreachCount} breaches in {report.Samples} samples");
        });
        return report.BreachCount == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
