using System.Globalization;
using DataCentric.Pipeline.Documents.Report;
using DataCentric.Pipeline.Tests.Storage;
using Microsoft.Playwright;

namespace DataCentric.Pipeline.Tests.Documents;

/// <summary>The report in a browser.</summary>
public sealed class ReportPageTests(BrowserFixture browser) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task It_is_accessible_asks_nobody_for_anything_and_fits_the_window(int width, ColorScheme scheme)
    {
        await using var watched = await OpenAsync(width, scheme);

        (await watched.AccessibilityBreachesAsync()).ShouldBeEmpty();
        (await watched.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        watched.Complaints.ShouldBeEmpty();
        watched.Requests.ShouldAllBe(address => address.StartsWith("file:", StringComparison.Ordinal) || address.StartsWith("data:", StringComparison.Ordinal));
        watched.Requests.Count(address => address.StartsWith("file:", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Dark_and_light_differ()
    {
        const string Background = "getComputedStyle(document.body).backgroundColor";
        await using var light = await OpenAsync(800, ColorScheme.Light);
        await using var dark = await OpenAsync(800, ColorScheme.Dark);

        var (bright, dim) = (await light.Page.EvaluateAsync<string>(Background), await dark.Page.EvaluateAsync<string>(Background));

        Brightness(bright).ShouldBeGreaterThan(200);
        Brightness(dim).ShouldBeLessThan(60);
    }

    [Fact]
    public async Task Hostile_names_are_text()
    {
        await using var watched = await OpenAsync(1280, ColorScheme.Light);

        (await watched.Page.Locator("img[src=x], main script, main b, main i").CountAsync()).ShouldBe(0);
        (await watched.Page.Locator("h1").InnerTextAsync()).ShouldContain("script>'\", enhanced");
        (await watched.Page.Locator("#classes th", new() { HasTextString = SomeReport.HostileClass }).CountAsync()).ShouldBe(1);
        watched.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Details_of_a_sample_show_on_hover_and_by_keyboard()
    {
        await using var watched = await OpenAsync(1280, ColorScheme.Light);
        var (sample, tip) = (watched.Page.Locator(".sample").First, watched.Page.Locator(".tip").First);
        (await tip.IsVisibleAsync()).ShouldBeFalse();

        await sample.HoverAsync();
        (await tip.IsVisibleAsync()).ShouldBeTrue();
        (await tip.InnerTextAsync()).ShouldContain("→ bee \"queen\" & co");

        await watched.Page.Mouse.MoveAsync(0, 0);
        await watched.Page.Keyboard.PressAsync("Tab");
        (await watched.Page.EvaluateAsync<string>("document.activeElement.className")).ShouldBe("skip");
        for (var i = 0; i < 12 && !await tip.IsVisibleAsync(); i++)
            await watched.Page.Keyboard.PressAsync("Tab");
        (await tip.IsVisibleAsync()).ShouldBeTrue();
        (await sample.EvaluateAsync<bool>("sample => sample === document.activeElement")).ShouldBeTrue();
    }

    [Fact]
    public async Task Every_picture_has_an_alternative_text_and_every_table_headers_with_a_scope()
    {
        await using var watched = await OpenAsync(1280, ColorScheme.Light);

        (await watched.Page.Locator("img:not([alt]), img[alt='']").CountAsync()).ShouldBe(0);
        (await watched.Page.Locator("th:not([scope])").CountAsync()).ShouldBe(0);
        (await watched.Page.Locator("svg:not([aria-hidden]):not([aria-label])").CountAsync()).ShouldBe(0);
        (await watched.Page.Locator("section h2").AllInnerTextsAsync()).ShouldBe(
            ["Samples", "Kinds and classes", "Size of the change", "Attack", "Robustness", "The run", "Origin, and how to repeat it"]);
    }

    private async Task<WatchedPage> OpenAsync(int width, ColorScheme scheme)
    {
        var file = _folder["report.html"];
        await File.WriteAllTextAsync(file, ReportPage.Render(SomeReport.Content));
        var watched = await browser.OpenAsync(width, 800, scheme);
        await watched.Page.GotoAsync(new Uri(file).AbsoluteUri);
        return watched;
    }

    private static int Brightness(string rgb) => rgb.Split('(', ')')[1].Split(',').Take(3).Sum(part => int.Parse(part, CultureInfo.InvariantCulture)) / 3;
}
