namespace DataCentric.Pipeline.Documents.Pages;

/// <summary>Numbers as a reader wants them.</summary>
internal static class Numbers
{
    /// <summary>Levels of 0..255 that make 1 on pixels in [0, 1].</summary>
    public const double LevelsOfOne = 255;

    public static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share of 1 as percent.</summary>
    public static string Percent(double? share) => share is { } value ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:F1} %") : "–";

    public static string Decimal(double? value, int digits = 1) => value?.ToString($"F{digits}", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>An l2 norm in levels, as one on pixels in [0, 1].</summary>
    public static string L2(double levels) => Decimal(levels / LevelsOfOne, 2);

    /// <summary>A time.</summary>
    /// <param name="seconds">Seconds.</param>
    /// <param name="digits">Digits after the point where it is less than a minute.</param>
    public static string Duration(double seconds, int digits = 1) => seconds switch
    {
        < 60 => $"{Decimal(seconds, digits)} s",
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 60} min {(int)seconds % 60} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 3600} h {(int)seconds / 60 % 60} min"),
    };

    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:F1} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:F2} GB"),
    };
}
