namespace DataCentric.Pipeline.Report.Page;

/// <summary>Style and script of the pages, embedded beside this file.</summary>
internal static class Resources
{
    public static string Style { get; } = Read("report.css");

    public static string LiveScript { get; } = Read("live.js");

    private static string Read(string name)
    {
        using var stream = typeof(Resources).Assembly.GetManifestResourceStream(typeof(Resources), name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
