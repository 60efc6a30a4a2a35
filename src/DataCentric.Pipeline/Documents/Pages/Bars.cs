namespace DataCentric.Pipeline.Documents.Pages;

/// <summary>Horizontal bars, each with its name and its value in words.</summary>
internal static class Bars
{
    /// <summary>Draws bars.</summary>
    /// <param name="bars">Name, words of the value, share of the whole length from 0 to 1, class that gives the colour.</param>
    public static Html Draw(IEnumerable<(string Name, string Value, double Share, string Style)> bars) => Html.Of($"""
        <div class="bars">{Html.Each(bars, bar => Html.Of($"""
            <span>{bar.Name}</span><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="empty" width="100" height="10"/><rect class="{bar.Style}" width="{100 * Math.Clamp(bar.Share, 0, 1):F2}" height="10"/></svg><span>{bar.Value}</span>
            """))}</div>
        """);
}
