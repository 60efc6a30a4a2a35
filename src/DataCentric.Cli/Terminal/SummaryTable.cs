namespace DataCentric.Cli.Terminal;

/// <summary>What a finished run says.</summary>
internal static class SummaryTable
{
    public static void Show(EnhancementSummary summary, string folder, TimeSpan elapsed)
    {
        var table = new FactsTable();
        table.Add("Enhanced set", folder);
        table.Add("Samples", $"{summary.Count} = {summary.Plan.Clean} clean + {summary.Plan.Adversarial} adversarial + {summary.Plan.Corrupted} corrupted");
        if (summary.FailedShards is { } failed)
            table.Add("Failed", LossOf(failed));
        if (summary.Attack is { } attack)
        {
            table.Add("Surrogates right", FormattableString.Invariant($"{100 * attack.SurrogateAccuracyBefore:F1} % before, {100 * attack.SurrogateAccuracyAfter:F1} % after the attack"));
            if (attack.HeldOutAccuracyBefore is { } before)
                table.Add("Held-out network right", FormattableString.Invariant($"{100 * before:F1} % before, {100 * attack.HeldOutAccuracyAfter:F1} % after the attack"));
            table.Add("Perturbation", FormattableString.Invariant($"mean l2 {attack.MeanL2 / 255:F2} on pixels in [0, 1], mean l-infinity {attack.MeanLinf:F1} levels"));
        }

        if (summary.Score is { Problem: null } score)
            table.Add("Robustness R", FormattableString.Invariant($"{score.Raw:F1} % trained on the raw set, {score.Enhanced:F1} % on this one ({score.Enhanced - score.Raw:+0.0;-0.0})"));

        table.Add("Licence", summary.License == DataLicense.UnknownId ? "unknown: the card says so; state it with --license" : summary.License);
        table.Add("Picture", Path.Combine(folder, ResultFiles.ContactSheet));
        table.Add("Time", FormattableString.Invariant($"{elapsed:m\\:ss}"));
        table.Show();
    }

    /// <summary>What a run lost that was allowed to.</summary>
    public static string LossOf(IReadOnlyList<FailedShard> failed) =>
        $"{FailedShards.Sentence(failed)} ({string.Join(", ", failed.Select(one => one.Shard.Name))}). The same command tries them again.";
}
