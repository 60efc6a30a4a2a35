using System.Diagnostics;
using System.Diagnostics.Metrics;
using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Tests.Runs;

namespace DataCentric.Pipeline.Tests.Hosting;

public sealed class TelemetryTests : IDisposable
{
    private readonly RunHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task A_run_counts_its_shards_and_images_and_opens_a_span_for_each_activity()
    {
        var sums = new Dictionary<string, double>();
        var spans = new List<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, it) => { if (instrument.Meter.Name == PipelineTelemetry.Name) it.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add($"{instrument.Name} {Tag(tags, "role")}".TrimEnd(), value));
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => Add(instrument.Name, 1));
        listener.Start();
        using var traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name == PipelineTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span => { lock (spans) spans.Add($"{span.OperationName} {span.GetTagItem("datacentric.run")}".TrimEnd()); },
        };
        ActivitySource.AddActivityListener(traces);

        var request = _harness.Request with { RunId = "telemetry" };
        await _harness.RunAsync(request, _harness.Store("work"), _harness.Store("result"));

        // Other tests of this process may run meanwhile, hence "at least" for what carries no run id.
        sums["datacentric.images corrupted"].ShouldBeGreaterThanOrEqualTo(180);
        sums["datacentric.images adversarial"].ShouldBeGreaterThanOrEqualTo(60);
        sums["datacentric.shards corrupted"].ShouldBeGreaterThanOrEqualTo(5);
        sums["datacentric.activity.duration"].ShouldBeGreaterThanOrEqualTo(15);
        spans.Count(span => span == "CorruptShard telemetry").ShouldBe(5);
        spans.Count(span => span == "AttackShard telemetry").ShouldBe(4);
        spans.ShouldContain("Assemble");

        void Add(string name, double value)
        {
            lock (sums)
                sums[name] = sums.GetValueOrDefault(name) + value;
        }
    }

    private static object? Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == name)
                return tag.Value;
        }

        return null;
    }
}
