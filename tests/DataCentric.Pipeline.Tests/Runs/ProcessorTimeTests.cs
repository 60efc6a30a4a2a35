using System.Text;
using System.Text.Json.Nodes;
using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Runs;

/// <summary>Processor time of each stage: in <c>run.json</c> and the report where the host counts it, and nowhere else.</summary>
public sealed class ProcessorTimeTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly RunHarness _harness = new(count: 40);

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Each_stage_has_what_was_counted_between_its_begin_and_its_end()
    {
        _harness.Meter = new Steps();

        var run = await RunAsync();

        run.Timings.Select(timing => timing.Phase).ShouldBe(
            [WorkflowPhase.Ingest, WorkflowPhase.Plan, WorkflowPhase.Surrogates, WorkflowPhase.Shards, WorkflowPhase.Assemble, WorkflowPhase.Verify]);
        run.Timings.ShouldAllBe(timing => timing.ProcessorSeconds == new ProcessorSeconds(60.5, 0.25));
        var text = Encoding.UTF8.GetString(await _harness.Store("result").ReadAllBytesAsync(ResultFiles.Run, None));
        text.ShouldContain("\"user\": 60.5,");
        text.ShouldContain("\"kernel\": 0.25\n");
        text.ShouldNotContain("\"total\"");
        var page = await PageAsync();
        page.ShouldContain("<tr><th scope=\"row\">Planning</th><td>1 min 0 s</td><td>0.2 s</td>");
        page.ShouldContain("<tr><th scope=\"row\">All</th><td>6 min 3 s</td><td>1.5 s</td>");
    }

    [Fact]
    public async Task Nothing_is_said_where_nobody_counts()
    {
        var run = await RunAsync();

        run.Timings.ShouldAllBe(timing => timing.ProcessorSeconds == null);
        Encoding.UTF8.GetString(await _harness.Store("result").ReadAllBytesAsync(ResultFiles.Run, None)).ShouldNotContain("processorSeconds");
        (await PageAsync()).ShouldNotContain("Processor time");
    }

    [Theory]
    [InlineData("user", "-1")]
    [InlineData("kernel", "1e300")]
    public async Task A_time_that_cannot_be_is_named(string member, string value)
    {
        _harness.Meter = new Steps();
        await RunAsync();
        var result = _harness.Store("result");
        var document = JsonNode.Parse(await result.ReadAllBytesAsync(ResultFiles.Run, None))!;
        document["timings"]![1]!["processorSeconds"]![member] = JsonNode.Parse(value);
        await result.WriteAllBytesAsync(ResultFiles.Run, Encoding.UTF8.GetBytes(document.ToJsonString()), None);

        (await Should.ThrowAsync<InputException>(() => EnhancedSet.OpenAsync(result, None))).Message.ShouldContain("timings: Plan used");
    }

    private async Task<RunRecord> RunAsync()
    {
        await _harness.RunAsync(_harness.Request, _harness.Store("work"), _harness.Store("result"));
        return (await EnhancedSet.OpenAsync(_harness.Store("result"), None)).Run;
    }

    private async Task<string> PageAsync() => Encoding.UTF8.GetString(await _harness.Store("result").ReadAllBytesAsync(ResultFiles.Report, None));

    /// <summary>A minute and a half of a second more at each look.</summary>
    private sealed class Steps : IProcessorMeter
    {
        private int _looks;

        public ProcessorSeconds Used => Interlocked.Increment(ref _looks) is var looks ? new(60.5 * looks, 0.25 * looks) : default;
    }
}
