namespace DataCentric.Pipeline.Documents.Pages;

/// <summary>The frame that report, live page and page of runs share: head, style, and a policy under which a browser asks nobody else for anything.</summary>
internal static class PageFrame
{
    /// <summary>A page that asks nobody for anything and runs no script.</summary>
    public const string ClosedPolicy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    /// <summary>A whole document.</summary>
    /// <param name="title">Title of the window.</param>
    /// <param name="policy">Content security policy.</param>
    /// <param name="head">Further elements of the head.</param>
    /// <param name="body">Content of the body.</param>
    public static string Create(string title, string policy, Html head, Html body) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="{policy}">
        <meta name="referrer" content="no-referrer">
        <link rel="icon" href="data:,">
        <title>{title}</title>
        <style>
        {Html.Trusted(Resources.Style)}</style>
        {head}</head>
        <body>
        <a class="skip" href="#main">Skip to the content</a>
        {body}
        </body>
        </html>

        """).ToString();
}

/// <summary>Style and script of the pages, embedded beside this file.</summary>
internal static class Resources
{
    public static string Style { get; } = Read("report.css");

    public static string LiveScript { get; } = Read("live.js");

    public static string RunsStyle { get; } = Read("runs.css");

    public static string RunsScript { get; } = Read("runs.js");

    private static string Read(string name)
    {
        using var stream = typeof(Resources).Assembly.GetManifestResourceStream(typeof(Resources), name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>Names that style sheet and sections share.</summary>
internal static class Styles
{
    /// <summary>Class that gives a role its colour.</summary>
    public static string Of(SampleRole role) => role switch
    {
        SampleRole.Clean => "clean",
        SampleRole.Adversarial => "adversarial",
        _ => "corrupted",
    };

    /// <summary>A table that scrolls by itself where the window is narrow, also by keyboard.</summary>
    public static Html Scrolling(string label, Html table) => Html.Of($"""
        <div class="scroll" role="region" aria-label="{label}" tabindex="0">{table}</div>
        """);
}
