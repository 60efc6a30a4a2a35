using DataCentric.Cli.Composition;
using DataCentric.Pipeline.Results;

namespace DataCentric.Cli.Commands;

/// <summary><c>report</c>: the texts about a set that is there, again.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var place = new Argument<string>("DIR") { Description = "Folder (or blob storage) of the enhanced set." };
        var score = new Option<string>("--score") { Description = "A score.json of the verb score to show in the report; it is copied to the set. [default: the one that is there, if any]", HelpName = "FILE" };
        var json = CommonOptions.Json();
        var command = new Command("report", "Write report, dataset card and Croissant description of an enhanced set again, from its run record.") { place, score, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(place)!, parsed.GetValue(score), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string place, string? score, bool json, CancellationToken cancellationToken)
    {
        var store = DataStores.Open(place);
        var set = await OutputPlace.ChangeAsync(store, DescribeAsync, cancellationToken);
        return Messages.Result(
            json,
            new { set.Run.Request.RunId, store.Location, Documents = ResultFiles.Documents },
            $"{store.Location}: {string.Join(", ", ResultFiles.Documents)}");

        async Task DescribeAsync(EnhancedSet opened, CancellationToken token)
        {
            if (score is not null)
                await opened.AddScoreAsync(await UserFiles.ReadAsync(score, "--score", path => File.ReadAllBytesAsync(path, token)), token);
            await opened.DescribeAsync(token);
        }
    }
}
