using Deque.AxeCore.Commons;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(DataCentric.Pipeline.Tests.Documents.BrowserFixture))]

namespace DataCentric.Pipeline.Tests.Documents;

/// <summary>One headless Chromium for all tests; those who ask for a page are skipped where there is none.</summary>
public sealed class BrowserFixture : IAsyncDisposable
{
    private readonly Lazy<Task<IBrowser?>> _browser;
    private IPlaywright? _playwright;

    public BrowserFixture() => _browser = new(StartAsync);

    private static string Program => Environment.GetEnvironmentVariable("DATACENTRIC_CHROMIUM") ?? "/usr/bin/chromium";

    /// <summary>A page that notes what goes wrong on it.</summary>
    public async Task<WatchedPage> OpenAsync(int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        if (await _browser.Value is not { } browser)
        {
            Assert.Skip("Chromium is not here; on Debian: apt-get install chromium");
            throw new InvalidOperationException();
        }

        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(120_000);
        return new WatchedPage(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser.IsValueCreated && await _browser.Value is { } browser)
            await browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private async Task<IBrowser?> StartAsync()
    {
        if (!File.Exists(Program))
            return null;
        _playwright = await Playwright.CreateAsync();
        return await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Timeout = 180_000,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }
}

/// <summary>A page in a context of its own.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    public WatchedPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.Dialog += (_, dialog) => Complaints.Add(dialog.Message);
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, errors of scripts, and dialogs.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Addresses that were asked for, data addresses left out.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>What breaks the rules of WCAG 2 AA that a program can check: contrast, alternative texts, names, headings, tables, landmarks.</summary>
    public async Task<string[]> AccessibilityBreachesAsync()
    {
        await Page.EvaluateAsync(new BundledAxeScriptProvider().GetScript());
        return await Page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { preload: false, iframes: false })).violations
              .map(violation => `${violation.id}: ${violation.help}: ${violation.nodes.slice(0, 3).map(node => node.html).join(" | ")}`)
            """);
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
