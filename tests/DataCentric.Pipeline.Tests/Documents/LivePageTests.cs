using DataCentric.Pipeline.Documents.Live;
using DataCentric.Pipeline.Documents.Report;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Tests.Storage;
using Microsoft.Playwright;

namespace DataCentric.Pipeline.Tests.Documents;

/// <summary>The page of a run that goes on, served and in a browser.</summary>
public sealed class LivePageTests(BrowserFixture browser) : IDisposable
{
    private static readonly LiveState Shards = new(
        "<b>set</b>, enhanced", new RunStatus(WorkflowPhase.Shards, 12, 0, 40, 3000, 10000, 30), 51, TimeSpan.FromSeconds(150), [new ActivityProgress("<i>shard</i>", 3, 10, "images")]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_server_it_is_loaded_again_and_runs_no_script()
    {
        var page = LivePage.Reloading(LiveState.Of("Run x", new RunStatus(WorkflowPhase.Surrogates, 1, 0, 5, 0, 0, 20)), 5);

        page.ShouldContain("""<meta http-equiv="refresh" content="5">""");
        page.ShouldContain("1 of 5 networks");
        page.ShouldContain("""<li aria-current="step">Training surrogates</li>""");
        page.ShouldNotContain("<script");
        LivePage.Reloading(LiveState.Of("Run x", status: null), 5).ShouldContain("Waiting to begin");
    }

    [Fact]
    public void What_it_shows_is_text()
    {
        LivePage.Listening(Shards).ShouldNotContain("<i>");
        LivePage.FailedFragment("<b>no</b>").ShouldContain("&lt;b&gt;no");
    }

    [Fact]
    public async Task Only_its_two_addresses_are_answered_and_only_by_this_machine()
    {
        await using var server = new LiveServer(0, () => Shards, _folder["report.html"], TimeProvider.System);
        using var client = new HttpClient();

        server.Address.Host.ShouldBe("127.0.0.1");
        (await client.GetStringAsync(server.Address)).ShouldContain("EventSource");
        (await client.GetAsync(new Uri(server.Address, "run.json"))).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await client.PostAsync(server.Address, content: null)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        Should.Throw<InputException>(() => new LiveServer(server.Address.Port, () => Shards, "", TimeProvider.System)).Message.ShouldContain("--serve");
    }

    [Fact]
    public async Task A_browser_sees_the_run_move_on_is_there_again_after_a_restart_and_ends_with_the_report()
    {
        var state = Shards;
        await using var watched = await browser.OpenAsync(360);
        var page = watched.Page;
        var server = new LiveServer(0, () => state, _folder["report.html"], TimeProvider.System);
        var port = server.Address.Port;
        await page.GotoAsync(server.Address.ToString());
        await Assertions.Expect(page.GetByText("12 of 40 shards")).ToBeVisibleAsync(Patient);
        (await watched.AccessibilityBreachesAsync()).ShouldBeEmpty();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(360);

        state = Shards with { Status = Shards.Status! with { Done = 13 } };
        await Assertions.Expect(page.GetByText("13 of 40 shards")).ToBeVisibleAsync(Patient);
        watched.Complaints.ShouldBeEmpty();

        await server.DisposeAsync();
        await Assertions.Expect(page.GetByText("Connection lost")).ToBeVisibleAsync(Patient);
        state = Shards with { Status = Shards.Status! with { Done = 14 } };
        server = new LiveServer(port, () => state, _folder["report.html"], TimeProvider.System);
        await Assertions.Expect(page.GetByText("14 of 40 shards")).ToBeVisibleAsync(Patient);

        await File.WriteAllTextAsync(_folder["report.html"], ReportPage.Render(SomeReport.Content));
        server.Finish();
        await Assertions.Expect(page.GetByText("how to repeat it")).ToBeVisibleAsync(Patient);
        await server.DisposeAsync();
        watched.Requests.ShouldAllBe(address => address.StartsWith($"http://127.0.0.1:{port}/", StringComparison.Ordinal) || address.StartsWith("data:", StringComparison.Ordinal));
    }

    private static LocatorAssertionsToBeVisibleOptions Patient { get; } = new() { Timeout = 120_000 };
}
