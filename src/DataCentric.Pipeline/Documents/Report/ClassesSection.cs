using DataCentric.Pipeline.Documents.Pages;

namespace DataCentric.Pipeline.Documents.Report;

/// <summary>How many samples of each class each thing was done to.</summary>
internal static class ClassesSection
{
    private const int MostColumns = 16;
    private const int MostClasses = 200;
    private const int Shades = 4;

    public static Html Create(ReportContent content)
    {
        if (content.Run.Statistics is not { } statistics)
            return Html.None;
        var (groups, classes) = (statistics.Groups, content.Run.Classes);
        return Html.Of($"""
            <section id="classes"><h2>Kinds and classes</h2>
            <p>{Rule(content.Run.Request)}</p>
            {(classes.Count > MostClasses ? Spread(groups) : classes.Count <= MostColumns
                ? Table(groups.Select(group => group.Name), classes, groups.Select(group => group.Classes))
                : Table(classes, groups.Select(group => group.Name), classes.Select((_, label) => groups.Select(group => group.Classes[label]).ToArray())))}
            </section>
            """);
    }

    private static string Rule(EnhancementRequest request) => request.Selection switch
    {
        SelectionRule.Random => "Who becomes what is drawn at random, so every kind meets every class about as often as the class occurs.",
        var rule => $"Who becomes what was chosen by {(rule == SelectionRule.Entropy ? "how unsure the surrogates together are of an image" : "how far the surrogates contradict each other about an image")}: "
            + "the highest scores stay clean, the next are attacked, the lowest are corrupted, each in the way that leaves the highest score among a few that were tried. "
            + (request.SelectionBalance == SelectionBalance.Classes ? "Each class is ranked by itself and has its share of the three." : "Classes are met as that has it."),
    };

    private static Html Table(IEnumerable<string> rows, IEnumerable<string> columns, IEnumerable<IReadOnlyList<int>> cells)
    {
        var counts = cells.ToArray();
        var most = Math.Max(1, counts.Max(row => row.Max()));
        return Styles.Scrolling("Samples by kind and class", Html.Of($"""
            <table><caption>Number of samples; the darker, the more</caption>
            <thead><tr><th scope="col">What</th>{Html.Each(columns, name => Html.Of($"""<th scope="col">{name}</th>"""))}<th scope="col">All</th></tr></thead>
            <tbody>{Html.Each(rows.Zip(counts), row => Html.Of($"""
                <tr><th scope="row">{row.First}</th>{Html.Each(row.Second, count => Cell(count, most))}<td>{Numbers.Count(row.Second.Sum())}</td></tr>
                """))}</tbody>
            <tfoot><tr><th scope="row">All</th>{Html.Each(
                Enumerable.Range(0, counts[0].Count), column => Html.Of($"<td>{Numbers.Count(counts.Sum(row => row[column]))}</td>"))}<td>{Numbers.Count(counts.Sum(row => row.Sum()))}</td></tr></tfoot></table>
            """));
    }

    private static Html Cell(int count, int most)
    {
        var shade = count * Shades / most;
        return shade == 0 ? Html.Of($"<td>{Numbers.Count(count)}</td>") : Html.Of($"""<td class="heat-{shade}">{Numbers.Count(count)}</td>""");
    }

    /// <summary>For very many classes only how evenly they are met.</summary>
    private static Html Spread(IEnumerable<GroupStatistics> groups) => Styles.Scrolling("Samples by kind", Html.Of($"""
        <table><caption>Number of samples, and of the rarest and the most frequent class among them</caption>
        <thead><tr><th scope="col">What</th><th scope="col">All</th><th scope="col">Rarest class</th><th scope="col">Most frequent class</th></tr></thead>
        <tbody>{Html.Each(groups, group => Html.Of($"""
            <tr><th scope="row">{group.Name}</th><td>{Numbers.Count(group.Count)}</td><td>{Numbers.Count(group.Classes.Min())}</td><td>{Numbers.Count(group.Classes.Max())}</td></tr>
            """))}</tbody></table>
        """));
}
