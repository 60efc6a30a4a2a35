using System.Net;
using System.Text;
using DataCentric.Pipeline.Documents.Live;
using DataCentric.Pipeline.Model;
using Microsoft.Playwright;

namespace DataCentric.Pipeline.Tests.Documents;

/// <summary>The page of runs, in a browser.</summary>
public sealed class RunsPageTests(BrowserFixture browser)
{
    private const string Hostile = "<img src=x onerror=alert(1)>\"'&</script>";

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly StageRate[] Stages =
        [new(WorkflowPhase.Ingest, 2.5, 10_000), new(WorkflowPhase.Plan, 0.02, 10_000), new(WorkflowPhase.Surrogates, 140, 0)];

    private static readonly RunList Some = new(
    [
        Run("cifar-10-1", RunPhase.Running, 70) with { Status = new RunStatus(WorkflowPhase.Shards, 12, 1, 40, 3000, 8000, 37) { Seconds = 60, Stages = Stages } },
        Run("cifar-10-2", RunPhase.Pending, 3),
        Run("cifar-10-3", RunPhase.Completed, 900) with { Status = new RunStatus(WorkflowPhase.Done, 1, 0, 1, 0, 0, 100) { Stages = [.. Stages, new(WorkflowPhase.Shards, 200, 8000)] } },
        Run("cifar-10-4", RunPhase.Failed, 4000) with { Dataset = Hostile, Problem = $"1 of 40 parts of stage Shards failed; the first: {Hostile} {new string('x', 400)}", Status = new RunStatus(WorkflowPhase.Shards, 39, 1, 40, 7800, 8000, 97) { Seconds = 400, Stages = Stages } },
        Run("cifar-10-5", RunPhase.Terminated, 90_000) with { Problem = "Terminated on request." },
    ], More: true);

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task It_is_accessible_asks_nobody_else_for_anything_and_fits_the_window(int width, ColorScheme scheme)
    {
        await using var server = new Pages(RunsPage.Render(Some, [], Now, key: null));
        await using var watched = await browser.OpenAsync(width, 900, scheme);
        await watched.Page.GotoAsync(server.Address);
        await watched.Page.Locator("#open-cifar-10-4").ClickAsync();

        (await watched.AccessibilityBreachesAsync()).ShouldBeEmpty();
        (await watched.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        watched.Complaints.ShouldBeEmpty();
        watched.Requests.ShouldAllBe(address => address.StartsWith(server.Address, StringComparison.Ordinal) || address.StartsWith("data:", StringComparison.Ordinal));
        (await watched.Page.Locator("img, main script").CountAsync()).ShouldBe(0, "Hostile names are text.");
        (await watched.Page.Locator("#run-cifar-10-4").InnerTextAsync()).ShouldStartWith(Hostile);
        if (Environment.GetEnvironmentVariable("DATACENTRIC_PICTURES") is { } folder)
            await watched.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"runs-{width}.png"), FullPage = true });
    }

    [Fact]
    public async Task It_takes_new_runs_over_without_closing_what_was_opened_and_says_when_nobody_answers()
    {
        await using var server = new Pages(Quick(Some));
        await using var watched = await browser.OpenAsync();
        var page = watched.Page;
        await page.GotoAsync(server.Address);
        await page.Locator("#open-cifar-10-3").ClickAsync();

        server.Page = Quick(new([Run("cifar-10-6", RunPhase.Pending, 0), .. Some.Runs], More: false));
        await Assertions.Expect(page.Locator("#run-cifar-10-6")).ToBeVisibleAsync(new() { Timeout = 120_000 });
        (await page.Locator("details[open]").AllAsync()).Count.ShouldBe(1);
        (await page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("open-cifar-10-3");
        (await page.Locator("#connection").InnerTextAsync()).ShouldBeEmpty();
        watched.Complaints.ShouldBeEmpty();

        server.Page = null;
        await Assertions.Expect(page.GetByText("No answer. Trying again")).ToBeVisibleAsync(new() { Timeout = 120_000 });
        server.Page = Quick(Some);
        await Assertions.Expect(page.GetByText("No answer. Trying again")).ToBeHiddenAsync(new() { Timeout = 120_000 });

        // Every second instead of every ten.
        static string Quick(RunList list) => RunsPage.Render(list, [], Now, key: null).Replace("data-seconds=\"10\"", "data-seconds=\"0.2\"", StringComparison.Ordinal);
    }

    [Fact]
    public void It_tells_what_each_stage_took_and_where_to_look_further()
    {
        var page = RunsPage.Render(Some, [RunPhase.Running], Now, "k+y&");

        page.ShouldContain("12 of 40 shards, 1 failed, 3,000 of 8,000 images, 50 images a second");
        page.ShouldContain("2.5 s, 4,000 images a second");
        page.ShouldContain("<span>0.0 s</span>");
        page.ShouldContain("3 min 20 s, 40 images a second");
        page.ShouldContain("<a href=\"/api/runs?state=running&amp;code=k%2By%26\" aria-current=\"true\">running</a>");
        page.ShouldContain("href=\"/api/runs/cifar-10-3/report?code=k%2By%26\" aria-label=\"Report of cifar, cifar-10-3\"");
        page.ShouldContain("href=\"/api/runs/cifar-10-2/report?code=k%2By%26\" aria-label=\"Live page of cifar, cifar-10-2\"");
        page.ShouldNotContain("/api/runs/cifar-10-4/report", Case.Sensitive, "It has none.");
        page.ShouldContain("There are more runs than these");
        RunsPage.Render(new([], More: false), [], Now, key: null).ShouldContain("No run here");
    }

    private static RunEntry Run(string id, RunPhase state, double secondsAgo) =>
        new(id, "cifar", state, Now.AddSeconds(-secondsAgo), Now.AddSeconds(-secondsAgo / 2), $"/api/runs/{id}/report");

    /// <summary>Serves a page at an address of this machine; null answers 500.</summary>
    private sealed class Pages : IAsyncDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly Task _serving;

        public Pages(string page)
        {
            Page = page;
            for (var port = Random.Shared.Next(20_000, 30_000); !_listener.IsListening; port++)
            {
                _listener.Prefixes.Clear();
                _listener.Prefixes.Add(Address = $"http://127.0.0.1:{port}/");
                try
                {
                    _listener.Start();
                }
                catch (HttpListenerException)
                {
                    // The port is taken.
                }
            }

            _serving = ServeAsync();
        }

        public string Address { get; private set; } = "";

        public string? Page { get; set; }

        public async ValueTask DisposeAsync()
        {
            _listener.Close();
            await _serving;
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    var context = await _listener.GetContextAsync();
                    context.Response.StatusCode = Page is null ? 500 : 200;
                    context.Response.ContentType = "text/html; charset=utf-8";
                    await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Page ?? ""));
                    context.Response.Close();
                }
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
