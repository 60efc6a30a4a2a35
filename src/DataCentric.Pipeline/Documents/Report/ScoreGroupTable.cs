using DataCentric.Pipeline.Documents.Pages;

namespace DataCentric.Pipeline.Documents.Report;

/// <summary>The score by attack and by kind of corruption, with the number of test images behind each figure.</summary>
internal static class ScoreGroupTable
{
    public static Html Create(ScoreTable score)
    {
        string[] sets = [.. score.Rows.Select(row => row.Variant).Distinct()];
        return score.Groups is not { Count: > 0 } groups ? Html.None : Html.Of($"""
            <details><summary>By attack and kind of corruption</summary>
            {Styles.Scrolling("Robustness by attack and kind of corruption", Html.Of($"""
                <table><caption>Percent classified right, mean over all networks</caption>
                <thead><tr><th scope="col">Attack or corruption</th><th scope="col">Test images</th>{Html.Each(sets, set => Html.Of($"""<th scope="col">{set}</th>"""))}</tr></thead>
                <tbody>{Html.Each(groups, group => Row(group, sets))}</tbody></table>
                """))}</details>
            """);
    }

    private static Html Row(ScoreGroup group, string[] sets) => Html.Of($"""
        <tr><th scope="row">{group.Name}</th><td>{Numbers.Count(group.Count)}</td>{Html.Each(sets, set => Html.Of($"""<td>{Numbers.Decimal(group.Means.TryGetValue(set, out var mean) ? mean : null)}</td>"""))}</tr>
        """);
}
