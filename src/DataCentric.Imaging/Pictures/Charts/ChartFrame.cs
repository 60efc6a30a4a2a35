using System.Globalization;
using SkiaSharp;

namespace DataCentric.Imaging.Pictures.Charts;

/// <summary>The field of a chart on a sheet, with a grid and the values beside it.</summary>
/// <param name="sheet">Where it is drawn.</param>
/// <param name="left">Left edge in pixels.</param>
/// <param name="top">Top edge.</param>
/// <param name="width">Width.</param>
/// <param name="height">Height.</param>
internal sealed class ChartFrame(Sheet sheet, int left, int top, int width, int height)
{
    /// <summary>Colours of series, told apart by people who see no red or green, too (Okabe and Ito 2008).</summary>
    public static readonly SKColor[] Colours = [new(0x99, 0x99, 0x99), new(0x00, 0x72, 0xB2), new(0xE6, 0x9F, 0x00), new(0x00, 0x9E, 0x73), new(0xCC, 0x79, 0xA7)];

    private const int Gap = 8;
    private const int LabelWidth = 40;
    private static readonly SKColor Grid = new(0xE3, 0xE6, 0xEA);

    /// <summary>Bottom edge.</summary>
    public float Bottom => top + height;

    /// <summary>A horizontal place: a value of 0 to 1 across the field.</summary>
    public float X(double share) => left + (float)(share * width);

    /// <summary>A vertical place: a value of 0 to 1 up the field.</summary>
    public float Y(double share) => top + height - (float)(share * height);

    /// <summary>Draws horizontal lines and their values.</summary>
    /// <param name="low">Value at the bottom.</param>
    /// <param name="high">Value at the top.</param>
    /// <param name="step">From line to line.</param>
    public void DrawRows(double low, double high, double step)
    {
        for (var value = low; value <= high; value += step)
        {
            var y = Y((value - low) / (high - low));
            sheet.Line(left, y, left + width, y, Grid);
            sheet.Caption(Text(value), left - LabelWidth + Gap, (int)y + 4, LabelWidth);
        }
    }

    /// <summary>Draws vertical lines and their values.</summary>
    /// <param name="low">Value at the left.</param>
    /// <param name="high">Value at the right.</param>
    /// <param name="step">From line to line.</param>
    public void DrawColumns(double low, double high, double step)
    {
        for (var value = low; value <= high; value += step)
        {
            var x = X((value - low) / (high - low));
            sheet.Line(x, top, x, top + height, Grid);
            sheet.Heading(Text(value), (int)x - LabelWidth, top + height + 20, 2 * LabelWidth);
        }
    }

    private static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
