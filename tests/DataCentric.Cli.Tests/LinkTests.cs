using System.Text.Json;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace DataCentric.Cli.Tests;

/// <summary>Links between pages, as they are on GitHub; the site's build checks its own, too.</summary>
public sealed partial class LinkTests
{
    private static readonly string[] Made = ["bin", "obj"];

    /// <summary>Anchors as GitHub makes them.</summary>
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).Build();

    public static TheoryData<string> Pages =>
    [
        .. new[] { "docs", "python", "samples", "site/pictures", "src" }.SelectMany(PagesOf)
            .Concat(Directory.EnumerateFiles(RealData.Root, "*.md").Select(page => Path.GetFileName(page)!)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_link_to_a_file_leads_to_it_and_to_a_heading_that_it_has(string page) => Broken(page, Read(page)).ShouldBeEmpty();

    [Theory]
    [InlineData("[a](score.md)", false)]
    [InlineData("[a](score.md#measured)", false)]
    [InlineData("[a](#an-own-heading)\n\n## An *own* heading", false)]
    [InlineData("[a](scores.md)", true)]
    [InlineData("[a](score.md#measure)", true)]
    [InlineData("[a](#none)", true)]
    public void A_broken_link_is_found(string text, bool isBroken) => Broken("docs/any.md", text).Any().ShouldBe(isBroken);

    [Fact]
    public void The_navigation_of_the_site_lists_every_page_of_the_documentation_once()
    {
        using var navigation = JsonDocument.Parse(Read("site/navigation.json"));
        var listed = navigation.RootElement.EnumerateArray().Where(group => group.TryGetProperty("items", out _))
            .SelectMany(group => group.GetProperty("items").EnumerateArray()).Select(item => item.GetProperty("page").GetString()!).ToList();

        listed.Where(page => page.StartsWith("docs/", StringComparison.Ordinal)).ShouldBe(PagesOf("docs"), ignoreOrder: true);
        listed.Where(page => !page.StartsWith("site/generated/", StringComparison.Ordinal) && !File.Exists(Path.Combine(RealData.Root, page))).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_site_knows_where_it_shows_a_file_that_is_no_page(string page)
    {
        if (page.StartsWith("src/", StringComparison.Ordinal) || page.StartsWith("site/", StringComparison.Ordinal))
            return; // no pages of the site

        var shown = Read("site/.vitepress/pages.js");
        var files = Markdown.Parse(Read(page), Pipeline).Descendants<LinkInline>().Select(link => (link.Url ?? "").Split('#')[0])
            .Where(link => link.Length > 0 && !Uri.TryCreate(link, UriKind.Absolute, out _) && !link.EndsWith(".md", StringComparison.Ordinal))
            .Select(link => Path.GetRelativePath(RealData.Root, Path.Combine(RealData.Root, Path.GetDirectoryName(page)!, link)).TrimEnd('/'));

        files.Where(file => file != "LICENSE" && !shown.Contains($"'{file}'", StringComparison.Ordinal) && !shown.Contains($"'{Path.GetDirectoryName(file)}'", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_figure_of_the_advice_is_a_measured_one()
    {
        var measured = Figure().Matches(Read("docs/score.md") + Read("README.md")).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);

        Figure().Matches(Read("docs/choosing.md")).Select(match => match.Value).ShouldBeSubsetOf(measured);
    }

    private static IEnumerable<string> Broken(string page, string text) =>
        Markdown.Parse(text, Pipeline).Descendants<LinkInline>().Select(link => link.Url ?? "")
            .Where(link => !Uri.TryCreate(link, UriKind.Absolute, out _) && !Leads(page, text, link));

    private static bool Leads(string page, string text, string link)
    {
        var (path, anchor) = link.Split('#') is [var before, var after] ? (before, after) : (link, null);
        var target = path.Length == 0 ? page : Path.GetRelativePath(RealData.Root, Path.Combine(RealData.Root, Path.GetDirectoryName(page)!, path));
        var isThere = path.Length == 0 || (!target.StartsWith("..", StringComparison.Ordinal) && Path.Exists(Path.Combine(RealData.Root, target)));
        return isThere && (anchor is null || Anchors(path.Length == 0 ? text : Read(target)).Contains(anchor));
    }

    private static IEnumerable<string?> Anchors(string text) => Markdown.Parse(text, Pipeline).Descendants<HeadingBlock>().Select(heading => heading.GetAttributes().Id);

    private static IEnumerable<string> PagesOf(string folder) =>
        Directory.EnumerateFiles(Path.Combine(RealData.Root, folder), "*.md", SearchOption.AllDirectories)
            .Select(page => Path.GetRelativePath(RealData.Root, page).Replace('\\', '/')).Where(page => !page.Split('/').Intersect(Made).Any());

    private static string Read(string file) => File.ReadAllText(Path.Combine(RealData.Root, file));

    [GeneratedRegex(@"\d+\.\d+")]
    private static partial Regex Figure();
}
