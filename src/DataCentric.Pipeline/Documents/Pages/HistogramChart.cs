namespace DataCentric.Pipeline.Documents.Pages;

/// <summary>Draws histograms as SVG.</summary>
internal static class HistogramChart
{
    private const double Width = 360, Height = 170, Left = 8, Bottom = 40, Top = 22;

    private static readonly double[] RoundFactors = [1, 2, 5, 10];

    /// <summary>A chart with axis and, where there is one, a bound.</summary>
    /// <param name="histogram">What is drawn.</param>
    /// <param name="title">What is counted.</param>
    /// <param name="unit">Name of the axis.</param>
    /// <param name="scale">Values of the axis for each unit of the histogram.</param>
    /// <param name="role">Class that gives the colour.</param>
    /// <param name="bound">A line at this value of the axis, with its words; null for none.</param>
    public static Html Draw(Histogram histogram, string title, string unit, double scale, string role, (double At, string Words)? bound = null)
    {
        var end = Math.Max(histogram.Counts.Count * histogram.BinWidth * scale, (bound?.At ?? 0) * 1.06);
        var most = Math.Max(1, histogram.Counts.Max());
        var perUnit = (Width - (2 * Left)) / end;
        var ground = Height - Bottom;
        var bin = histogram.BinWidth * scale;
        return Html.Of($"""
            <figure class="chart {role}"><svg viewBox="0 0 {Width} {Height}" role="img" aria-label="{title}: {Summary(histogram, scale, unit)}">
            {Html.Each(histogram.Counts.Index(), count => Bar(count.Index, count.Item))}
            <line class="axis" x1="{Left}" x2="{Width - Left}" y1="{ground}" y2="{ground}"/>
            {Html.Each(Ticks(end), tick => Html.Of($"""<text x="{Left + (tick * perUnit):F1}" y="{ground + 16:F0}" text-anchor="{(tick == 0 ? "start" : "middle")}">{tick:0.###}</text>"""))}
            <text x="{Width / 2:F0}" y="{Height - 6:F0}" text-anchor="middle">{unit}</text>
            {Bound()}</svg><figcaption>{title}</figcaption></figure>
            """);

        Html Bar(int index, int count) => count == 0 ? Html.None : Html.Of(
            $"""<rect fill="currentColor" x="{Left + (index * bin * perUnit) + 0.5:F1}" y="{ground - ((ground - Top) * count / most):F1}" width="{Math.Max(1, (bin * perUnit) - 1):F1}" height="{(ground - Top) * count / most:F1}"><title>{index * bin:0.##} to {(index + 1) * bin:0.##}: {count:N0}</title></rect>""");

        Html Bound() => bound is not { } line ? Html.None : Html.Of($"""
            <line class="bound" x1="{Left + (line.At * perUnit):F1}" x2="{Left + (line.At * perUnit):F1}" y1="{Top - 4:F0}" y2="{ground}"/>
            <text x="{Left + (line.At * perUnit):F1}" y="{Top - 8:F0}" text-anchor="{(line.At > end / 2 ? "end" : "start")}">{line.Words}</text>
            """);
    }

    /// <summary>A chart of a word's size, for a cell of a table that says its figures beside it.</summary>
    public static Html Spark(Histogram histogram, int bins)
    {
        var most = Math.Max(1, histogram.Counts.Max());
        return Html.Of($"""
            <svg class="spark" viewBox="0 0 {bins} 20" preserveAspectRatio="none" aria-hidden="true">{Html.Each(
                histogram.Counts.Index(), count => Html.Of($"""<rect fill="currentColor" x="{count.Index}" y="{20 - (20.0 * count.Item / most):F2}" width="0.85" height="{20.0 * count.Item / most:F2}"/>"""))}</svg>
            """);
    }

    private static string Summary(Histogram histogram, double scale, string unit)
    {
        var (first, last) = (histogram.Counts.ToList().FindIndex(count => count > 0), histogram.Counts.Count);
        var peak = histogram.Counts.Index().MaxBy(count => count.Item).Index;
        return FormattableString.Invariant(
            $"from {first * histogram.BinWidth * scale:0.##} to {last * histogram.BinWidth * scale:0.##}, most often {peak * histogram.BinWidth * scale:0.##} to {(peak + 1) * histogram.BinWidth * scale:0.##} {unit}");
    }

    /// <summary>About five round values from 0 to the end: steps of 1, 2 or 5 times a power of ten.</summary>
    private static IEnumerable<double> Ticks(double end)
    {
        var rough = end / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = RoundFactors.Select(factor => factor * power).First(step => step >= rough);
        for (var i = 0; i * step <= end; i++)
            yield return i * step;
    }
}

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
