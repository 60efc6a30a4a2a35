namespace DataCentric.Imaging.Pictures.Charts;

/// <summary>A point of a trade-off.</summary>
/// <param name="Name">Written beside it.</param>
/// <param name="X">Value across.</param>
/// <param name="Y">Value up.</param>
public sealed record TradeOffPoint(string Name, double X, double Y);

/// <summary>Points joined in the order of their x, each with its name: what one figure costs in another.</summary>
public static class TradeOffChart
{
    private const int FieldWidth = 760;
    private const int FieldHeight = 420;
    private const int LeftRoom = 80;
    private const int RightRoom = 110;
    private const double Step = 5;

    /// <summary>Draws the chart.</summary>
    /// <param name="title">Title.</param>
    /// <param name="xName">What is across.</param>
    /// <param name="yName">What is up.</param>
    /// <param name="points">The points; the first, the baseline, stands alone.</param>
    /// <returns>A PNG file.</returns>
    public static byte[] Draw(string title, string xName, string yName, IReadOnlyList<TradeOffPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var (lowX, highX) = Range(points.Select(point => point.X));
        var (lowY, highY) = Range(points.Select(point => point.Y));
        using var sheet = new Sheet(LeftRoom + FieldWidth + RightRoom, Sheet.HeaderHeight + FieldHeight + 56 + Sheet.Margin, title, $"{yName}, up, against {xName}, across");
        var frame = new ChartFrame(sheet, LeftRoom, Sheet.HeaderHeight, FieldWidth, FieldHeight);
        frame.DrawRows(lowY, highY, Step);
        frame.DrawColumns(lowX, highX, Step);
        var line = points.Skip(1).OrderBy(point => point.X).ToArray();
        for (var i = 1; i < line.Length; i++)
            sheet.Line(X(line[i - 1]), Y(line[i - 1]), X(line[i]), Y(line[i]), ChartFrame.Colours[1], 2);
        for (var i = 0; i < points.Count; i++)
        {
            sheet.Dot(X(points[i]), Y(points[i]), 6, ChartFrame.Colours[i == 0 ? 0 : 1]);
            sheet.Caption(points[i].Name, (int)X(points[i]) + 12, (int)Y(points[i]) - 10, RightRoom);
        }

        return sheet.ToPng();

        float X(TradeOffPoint point) => frame.X((point.X - lowX) / (highX - lowX));
        float Y(TradeOffPoint point) => frame.Y((point.Y - lowY) / (highY - lowY));
    }

    private static (double Low, double High) Range(IEnumerable<double> values)
    {
        var all = values.ToArray();
        return (Step * Math.Floor((all.Min() - 1) / Step), Step * Math.Ceiling((all.Max() + 1) / Step));
    }
}
