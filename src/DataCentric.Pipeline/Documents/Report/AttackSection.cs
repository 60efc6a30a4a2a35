using DataCentric.Pipeline.Documents.Pages;

namespace DataCentric.Pipeline.Documents.Report;

/// <summary>What the attack did to the networks: those it used, and one that it did not see.</summary>
internal static class AttackSection
{
    public static Html Create(RunRecord run)
    {
        if (run.Attack is not { } attack)
            return Html.None;
        List<(string, string, double, string)> bars =
        [
            ("Surrogates, before", Numbers.Percent(attack.SurrogateAccuracyBefore), attack.SurrogateAccuracyBefore, "before"),
            ("Surrogates, after", Numbers.Percent(attack.SurrogateAccuracyAfter), attack.SurrogateAccuracyAfter, "after"),
        ];
        if (attack is { HeldOutAccuracyBefore: { } before, HeldOutAccuracyAfter: { } after })
        {
            bars.Add(("Held-out, before", Numbers.Percent(before), before, "before"));
            bars.Add(("Held-out, after", Numbers.Percent(after), after, "after"));
        }

        return Html.Of($"""
            <section id="attack"><h2>Attack</h2>
            <p>Share of the {Numbers.Count(run.Plan.Adversarial)} attacked images that networks classify right, before and after. The surrogates are the networks that the attack used{(bars.Count > 2
                ? "; the held-out network was not among them, so it tells how the perturbations transfer." : ". No held-out network was given, so how the perturbations transfer was not measured.")}</p>
            {Bars.Draw(bars)}
            {Fooled(run.Statistics?.Fooled)}
            {Networks(run)}</section>
            """);
    }

    private static Html Fooled(FoolingRates? rates) => rates?.Surrogates is null ? Html.None : Html.Of($"""
        <p>Of the images they had right before, the surrogates have {Numbers.Percent(rates.Surrogates)} wrong after the attack{(rates.HeldOut is null ? "" : $", the held-out network {Numbers.Percent(rates.HeldOut)}")}.</p>
        """);

    private static Html Networks(RunRecord run) => Styles.Scrolling("Surrogates", Html.Of($"""
        <table><caption>Surrogates</caption>
        <thead><tr><th scope="col">Network</th><th scope="col">Parameters</th><th scope="col">Training accuracy</th><th scope="col" class="text">SHA-256 of the model</th></tr></thead>
        <tbody>{Html.Each(run.Surrogates, model => Html.Of($"""
            <tr><th scope="row">{model.Architecture}</th><td>{model.Parameters:N0}</td><td>{(model.TrainingAccuracy is { } accuracy ? Numbers.Percent(accuracy) : "imported")}</td><td class="text"><code>{model.Sha256[..Math.Min(16, model.Sha256.Length)]}</code></td></tr>
            """))}</tbody></table>
        """));
}
