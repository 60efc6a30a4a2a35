using System.Globalization;

namespace DataCentric.Imaging.Pictures.Charts;

/// <summary>One series of bars.</summary>
/// <param name="Name">Shown in the legend.</param>
/// <param name="Values">Percent, one for each group.</param>
public sealed record BarSeries(string Name, IReadOnlyList<double> Values);

/// <summary>Groups of bars from 0 to 100 percent, one bar for each series.</summary>
public static class BarChart
{
    private const int GroupWidth = 170;
    private const int FieldHeight = 320;
    private const int LeftRoom = 80;
    private const int Legend = 24;

    /// <summary>Draws the chart.</summary>
    /// <param name="title">Title.</param>
    /// <param name="subtitle">A line below it.</param>
    /// <param name="groups">Names of the groups.</param>
    /// <param name="series">The series, at least one.</param>
    /// <returns>A PNG file.</returns>
    public static byte[] Draw(string title, string subtitle, IReadOnlyList<string> groups, IReadOnlyList<BarSeries> series)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(series);
        var fieldWidth = Math.Max(groups.Count * GroupWidth, Sheet.MinWidth - LeftRoom - Sheet.Margin);
        var top = Sheet.HeaderHeight + Legend;
        using var sheet = new Sheet(LeftRoom + fieldWidth + Sheet.Margin, top + FieldHeight + 48 + Sheet.Margin, title, subtitle);
        var frame = new ChartFrame(sheet, LeftRoom, top, fieldWidth, FieldHeight);
        frame.DrawRows(0, 100, 20);
        DrawLegend(sheet, series);
        var group = fieldWidth / groups.Count;
        var bar = group * 0.8f / series.Count;
        for (var g = 0; g < groups.Count; g++)
        {
            for (var s = 0; s < series.Count; s++)
            {
                var value = series[s].Values[g];
                var (x, y) = (LeftRoom + (g * group) + (group * 0.1f) + (s * bar), frame.Y(value / 100));
                sheet.Box(x + 1, y, bar - 2, frame.Bottom - y, ChartFrame.Colours[s % ChartFrame.Colours.Length]);
                sheet.Heading(value.ToString("F1", CultureInfo.InvariantCulture), (int)x - 10, (int)y - 5, (int)bar + 20);
            }

            sheet.Heading(groups[g], LeftRoom + (g * group), (int)frame.Bottom + 22, group);
        }

        return sheet.ToPng();
    }

    private static void DrawLegend(Sheet sheet, IReadOnlyList<BarSeries> series)
    {
        for (var s = 0; s < series.Count; s++)
        {
            var x = LeftRoom + (s * GroupWidth);
            sheet.Box(x, Sheet.HeaderHeight - 6, 12, 12, ChartFrame.Colours[s % ChartFrame.Colours.Length]);
            sheet.Caption(series[s].Name, x + 18, Sheet.HeaderHeight + 5, GroupWidth - 24);
        }
    }
}
