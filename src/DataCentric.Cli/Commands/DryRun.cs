using DataCentric.Adversarial.Isolation;
using DataCentric.Cli.Composition;

namespace DataCentric.Cli.Commands;

/// <summary>What <c>enhance --dry-run</c> says.</summary>
internal static class DryRun
{
    /// <summary>Tells what is known at once, then measures on a few images and tells the rest; as JSON all of it together.</summary>
    public static int Show(EnhancementJob job, IsolatedAdversary adversary, int workers, long memory, bool json, CancellationToken cancellationToken)
    {
        using var work = RunWork.Of(job, adversary, cancellationToken);
        if (!json)
            ShowPlan(work);
        var estimate = RunEstimate.Of(work, adversary, workers, memory);
        return Messages.Result(json, estimate, () => ShowCost(estimate, work.Request));
    }

    private static void ShowPlan(RunWork work)
    {
        var (plan, chosenByScores) = (work.Plan, work.Request.Selection != SelectionRule.Random);
        var table = new FactsTable();
        table.Add("Run", work.Request.RunId);
        table.Add("Samples", $"{work.Set.Count} = {plan.CountOf(SampleRole.Clean)} clean + {plan.CountOf(SampleRole.Adversarial)} adversarial + {plan.CountOf(SampleRole.Corrupted)} corrupted");
        table.Add("Kinds", chosenByScores ? "chosen by the surrogates" : string.Join(", ", work.Kinds.Select(kind => $"{kind.Key} {kind.Value}")));
        table.Show();
        if (work.Computes)
            Messages.Hint("Measuring on a few images ...");
    }

    private static void ShowCost(RunEstimate estimate, EnhancementRequest request)
    {
        var table = new FactsTable();
        table.Add("Training surrogates", $"{Time(estimate.SurrogateSeconds)}{(estimate.SurrogateEpochs > 0 ? $", {estimate.SurrogateEpochs} epochs" : "")} (none where the model store has them)");
        if (request.AsksSurrogates)
            table.Add("Scoring", Time(estimate.SelectionSeconds));
        table.Add("Attacking", Time(estimate.AttackSeconds));
        table.Add("Corrupting", Time(estimate.CorruptionSeconds));
        if (request.Score is not null)
            table.Add("Training scored networks", Time(estimate.ScoreSeconds));
        table.Add("Processor time", Time(estimate.ProcessorSeconds));
        table.Add("Memory", $"about {estimate.MemoryMegabytes} MB, with {estimate.Workers} worker{(estimate.Workers == 1 ? "" : "s")}");
        table.Show();
    }

    private static string Time(double seconds) => seconds < 1
        ? "under a second"
        : string.Create(CultureInfo.InvariantCulture, $"about {TimeSpan.FromSeconds(Math.Ceiling(seconds)):h\\:mm\\:ss}");
}
