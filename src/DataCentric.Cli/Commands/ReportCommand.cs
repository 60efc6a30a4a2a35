using System.CommandLine;
using DataCentric.Cli.Terminal;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Storage;
using Spectre.Console;

namespace DataCentric.Cli.Commands;

/// <summary><c>report</c>: the texts about a set that is there, again.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var place = new Argument<string>("DIR") { Description = "Folder (or blob storage) of the enhanced set." };
        var score = new Option<string>("--score") { Description = "A score.json of the verb score to show in the report; it is copied to the set.", HelpName = "FILE" };
        var json = CommonOptions.Json();
        var command = new Command("report", "Write report, dataset card and Croissant description of an enhanced set again, from its run record.") { place, score, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(place)!, parsed.GetValue(score), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string place, string? score, bool json, CancellationToken cancellationToken)
    {
        var store = DataStores.Open(place);
        var set = await EnhancedSet.OpenAsync(store, cancellationToken);
        if (score is not null)
            await set.AddScoreAsync(await ReadAsync(score, cancellationToken), cancellationToken);
        await set.DescribeAsync(cancellationToken);
        if (json)
            Messages.Json(new { set.Run.Request.RunId, store.Location, Documents = ResultFiles.Documents });
        else
            Messages.Terminal.WriteLine($"{store.Location}: {string.Join(", ", ResultFiles.Documents)}");
        return CommandLine.Done;
    }

    private static async Task<byte[]> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(file, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--score {file}: {exception.Message}", exception);
        }
    }
}
