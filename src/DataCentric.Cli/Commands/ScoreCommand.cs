using System.CommandLine;
using DataCentric.Cli.Terminal;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Cli.Commands;

/// <summary><c>score</c>: what enhanced sets gain over the raw one, or how robust given networks are.</summary>
internal sealed class ScoreCommand
{
    private readonly Option<string> _raw = new("--raw") { Description = "The raw data set.", HelpName = "PATH" };
    private readonly Option<string[]> _enhanced = CommonOptions.Several("--enhanced", "Enhanced sets: folders, or blobs; several give a curve of clean accuracy against R.", "DIR");
    private readonly Option<string> _test = new("--test") { Description = "Test sets, as written by testset: a folder, or blobs by address or connection string.", HelpName = "PLACE", Required = true };
    private readonly Option<string> _out = CommonOptions.Out("Folder for networks, score.json and score.png.");
    private readonly Option<string> _architectures = new("--arch") { Description = $"Networks to train, separated by commas. [default: {ScoringChoice.DefaultArchitectures}]", HelpName = "LIST" };
    private readonly Option<string> _seeds = new("--seeds") { Description = "Seeds of the trainings, separated by commas. [default: 1]", HelpName = "LIST" };
    private readonly TrainingSwitches _training = new();
    private readonly Option<string[]> _models = CommonOptions.Several("--models", "Score these model files instead of training.", "MODEL");
    private readonly Option<string[]> _baseline = CommonOptions.Several("--baseline-models", "Model files trained on the raw set, to compare those with.", "MODEL");
    private readonly Option<ScoreMeasure?> _measure = CommonOptions.Choice<ScoreMeasure>(
        "--measure", "paper: R, the mean of the three accuracies; competition: accuracy over all images pooled. [default: paper]");

    public static Command Create()
    {
        var options = new ScoreCommand();
        var (workers, device, json) = (CommonOptions.Workers(), CommonOptions.Device(), CommonOptions.Json());
        var command = new Command("score", "Train networks on the raw and on enhanced sets and compare how robust they are. Stopped, the same command goes on.")
        {
            options._raw, options._enhanced, options._test, options._out, options._architectures, options._seeds, options._models, options._baseline, options._measure, workers, device, json,
        };
        foreach (var option in options._training.All)
            command.Options.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = options.Read(parsed).Validated();
            var locator = new NamedDatasetLocator();
            var test = await TestSet.ReadAsync(locator, parsed.GetValue(options._test)!, cancellationToken);
            var output = new FolderStore(parsed.GetValue(options._out)!);
            var scorer = new Scorer(
                output, locator, CommonOptions.Adversary(parsed.GetValue(device)), new ActivityLines(Messages.Terminal, TimeProvider.System));

            var record = await scorer.RunAsync(request, test, parsed.GetValue(workers) ?? Environment.ProcessorCount, cancellationToken);
            await output.WriteAllBytesAsync(ScoreChart.FileName, ScoreChart.Draw(record), cancellationToken);
            return Messages.Result(parsed.GetValue(json), record, () => ScoreTable.Show(record));
        });
        return command;
    }

    private ScoreRequest Read(ParseResult parsed)
    {
        var models = parsed.GetValue(_models) ?? [];
        var architectures = CommonOptions.Words(parsed.GetValue(_architectures)) ?? ScoringRequest.DefaultArchitectures;
        return new ScoreRequest
        {
            Raw = parsed.GetValue(_raw),
            Enhanced = parsed.GetValue(_enhanced) ?? [],
            Training = models.Length > 0 ? new Dictionary<string, Attacks.SurrogateOptions>()
                : architectures.Distinct().ToDictionary(architecture => architecture, architecture => _training.Read(parsed, architecture)),
            Seeds = ScoringChoice.SeedsOf(_seeds, parsed) ?? [1],
            Models = models,
            BaselineModels = parsed.GetValue(_baseline) ?? [],
            Measure = parsed.GetValue(_measure) ?? ScoreMeasure.Paper,
        };
    }
}
