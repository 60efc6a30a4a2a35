using DataCentric.Cli.Composition;

namespace DataCentric.Cli.Commands;

/// <summary>What <c>enhance --dry-run</c> says.</summary>
internal static class DryRun
{
    public static void Show(RunEstimate estimate, EnhancementRequest request)
    {
        var chosenByScores = request.Selection != SelectionRule.Random;
        var table = new FactsTable();
        table.Add("Run", estimate.RunId);
        table.Add("Samples", $"{estimate.Count} = {estimate.Clean} clean + {estimate.Adversarial} adversarial + {estimate.Corrupted} corrupted");
        table.Add("Kinds", chosenByScores ? "chosen by the surrogates" : string.Join(", ", estimate.Kinds.Select(kind => $"{kind.Key} {kind.Value}")));
        table.Add("Training surrogates", $"{Time(estimate.SurrogateSeconds)}{(estimate.SurrogateEpochs > 0 ? $", {estimate.SurrogateEpochs} epochs" : "")} (none where the model store has them)");
        if (request.AsksSurrogates)
            table.Add("Scoring", Time(estimate.SelectionSeconds));
        table.Add("Attacking", Time(estimate.AttackSeconds));
        table.Add("Corrupting", Time(estimate.CorruptionSeconds));
        if (request.Score is not null)
            table.Add("Training scored networks", Time(estimate.ScoreSeconds));
        table.Add("Memory", $"about {estimate.MemoryMegabytes} MB, with {estimate.Workers} worker{(estimate.Workers == 1 ? "" : "s")}");
        table.Show();
    }

    private static string Time(double seconds) => seconds < 1
        ? "under a second"
        : string.Create(CultureInfo.InvariantCulture, $"about {TimeSpan.FromSeconds(Math.Ceiling(seconds)):h\\:mm\\:ss}");
}
