using DataCentric.Cli.Composition;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation;
using DataCentric.Pipeline.Evaluation.TestSets;

namespace DataCentric.Cli.Commands;

/// <summary><c>score</c>: what enhanced sets gain over the raw one, or how robust given networks are.</summary>
internal static class ScoreCommand
{
    public static Command Create()
    {
        var test = new Option<string>("--test") { Description = "Test sets, as written by testset: a folder, or blobs by address or connection string.", HelpName = "PLACE", Required = true };
        var output = CommonOptions.Out("Folder for networks, score.json and score.png.");
        var architectures = new Option<string>("--arch") { Description = $"Networks to train, separated by commas. [default: those of --init, or {OptionText.Write(ScoringRequest.DefaultArchitectures)}]", HelpName = "LIST" };
        var (switches, training) = (Switches.Of<ScoreRequest>(), new TrainingSwitches());
        var (workers, device, overwrite, json) = (CommonOptions.Workers(), CommonOptions.Device(), CommonOptions.Overwrite(), CommonOptions.Json());
        var command = new Command("score", "Train networks on the raw and on enhanced sets and compare how robust they are. Stopped, the same command goes on.") { test, output };
        foreach (var option in switches.All.Concat([architectures, workers, device, overwrite, json, .. training.All]))
            command.Options.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = switches.Apply(parsed, new ScoreRequest());
            using var adversary = CommonOptions.Adversary(parsed.GetValue(device));
            if (request.Init.Count > 0 && parsed.GetValue(architectures) is not null)
                throw new InputException("--arch cannot be given with --init, whose models tell theirs.");
            if (request.Models.Count == 0)
            {
                var networks = request.Init.Count > 0 ? InitialModel.Read(request.Init, adversary, cancellationToken).Keys
                    : parsed.GetValue(architectures) is { } named ? OptionText.List(named, architectures.Name)
                    : ScoringRequest.DefaultArchitectures;
                request = request with { Training = networks.Distinct().ToDictionary(network => network, network => training.Read(parsed, network, isFineTuned: request.Init.Count > 0)) };
            }

            request = request.Validated();
            var locator = new NamedDatasetLocator();
            var place = parsed.GetValue(output)!;
            Overlap.Refuse(place, [request.Raw, .. request.Enhanced, .. request.Init, parsed.GetValue(test)]);
            var sets = await TestSet.ReadAsync(locator, parsed.GetValue(test)!, cancellationToken);
            Messages.Warnings(sets.Record.Strength?.Warnings ?? []);
            var store = new FolderStore(place);
            var scorer = new Scorer(store, locator, adversary, new ActivityLines(Messages.Terminal, TimeProvider.System));

            var claim = Scorer.ClaimOn(store) with { Overwrite = parsed.GetValue(overwrite) };
            var record = await OutputPlace.WriteAsync(store, claim, ScoreAsync, cancellationToken);
            Messages.Warnings(ScoreTable.Warnings(record));
            return Messages.Result(parsed.GetValue(json), record, () => ScoreTable.Show(record));

            async Task<ScoreRecord> ScoreAsync(CancellationToken token)
            {
                var scored = await scorer.RunAsync(request, sets, parsed.GetValue(workers) ?? Environment.ProcessorCount, token);
                await store.WriteAllBytesAsync(ScoreChart.FileName, ScoreChart.Draw(scored), token);
                return scored;
            }
        });
        return command;
    }
}
