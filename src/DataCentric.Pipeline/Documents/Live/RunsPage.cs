using DataCentric.Pipeline.Documents.Pages;

namespace DataCentric.Pipeline.Documents.Live;

/// <summary>
/// The page of all runs of an app, for a browser: state, progress, what each stage took, and where report or live page is. While it is looked at it
/// asks for itself again and takes the new runs over, without closing what was opened; where scripts do not run it stays as it is.
/// </summary>
public static class RunsPage
{
    private const int SecondsWhileBusy = 10, SecondsWhileIdle = 60;

    private static readonly string ScriptHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Resources.RunsScript)));

    private static readonly string Policy = $"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{ScriptHash}'; connect-src 'self'; base-uri 'none'; form-action 'none'";

    /// <summary>Renders the page.</summary>
    /// <param name="list">The runs, in the order in which they are shown.</param>
    /// <param name="states">The states that were asked for; empty for all.</param>
    /// <param name="now">When they were looked at.</param>
    /// <param name="key">The key that the address of the page carried, which its links need, too; null where it had none.</param>
    public static string Render(RunList list, IReadOnlyList<RunPhase> states, DateTimeOffset now, string? key)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(states);
        var seconds = list.Runs.All(run => run.HasEnded) ? SecondsWhileIdle : SecondsWhileBusy;
        return PageFrame.Create("Runs", Policy, Html.Of($"<style>{Html.Trusted(Resources.RunsStyle)}</style>"), Html.Of($"""
            <header>
            <p class="eyebrow">DataCentric.Functions</p>
            <h1>Runs</h1>
            <p class="note"><span id="seen">As of {Time(now)}</span> <span id="connection" role="status"></span></p>
            </header>
            <nav aria-label="States"><ul>{Choices(states, key)}</ul></nav>
            <main id="main">
            <div id="runs" data-seconds="{seconds}">
            {(list.Runs.Count == 0 ? Html.Of($"<p>No run here.</p>") : Html.Each(list.Runs, run => RunCard.Draw(run, now, key)))}
            {(list.More ? Html.Of($"<p>There are more runs than these; choose a state to see those of it.</p>") : Html.None)}
            </div>
            </main>
            <footer>The same address answers programs with JSON.</footer>
            <script>{Html.Trusted(Resources.RunsScript)}</script>
            """));
    }

    /// <summary>Moment for people, with the one for machines.</summary>
    internal static Html Time(DateTimeOffset time)
    {
        var moment = time.ToUniversalTime();
        return Html.Of($"""<time datetime="{moment:yyyy-MM-ddTHH:mm:ssZ}">{moment:yyyy-MM-dd HH:mm:ss} UTC</time>""");
    }

    /// <summary>An address of the app, with the key where there is one.</summary>
    internal static string Address(string path, string? query, string? key)
    {
        string?[] parts = [query, key is null ? null : $"code={Uri.EscapeDataString(key)}"];
        var all = string.Join('&', parts.Where(part => part is not null));
        return all.Length == 0 ? path : $"{path}?{all}";
    }

    private static Html Choices(IReadOnlyList<RunPhase> states, string? key)
    {
        var phases = Enum.GetValues<RunPhase>().Select(phase => ((RunPhase?)phase, RunPhases.WordOf(phase)));
        return Html.Each(phases.Prepend((null, "all")), choice => Choice(choice.Item1, choice.Item2));

        Html Choice(RunPhase? phase, string word)
        {
            var isChosen = phase is { } one ? states.Contains(one) : states.Count == 0;
            var address = Address("/api/runs", phase is null ? null : $"state={word}", key);
            return isChosen ? Html.Of($"""<li><a href="{address}" aria-current="true">{word}</a></li>""") : Html.Of($"""<li><a href="{address}">{word}</a></li>""");
        }
    }
}
