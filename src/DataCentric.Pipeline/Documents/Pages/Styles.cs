namespace DataCentric.Pipeline.Documents.Pages;

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
