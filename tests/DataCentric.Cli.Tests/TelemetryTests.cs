using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace DataCentric.Cli.Tests;

public sealed class TelemetryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task With_an_OTLP_endpoint_a_run_tells_of_its_shards_and_images()
    {
        using var collector = new Collector();

        using var run = Tool.Start(
            ShortRun.Arguments(_folder["out"]),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
        (await Tool.FinishAsync(run)).ExitCode.ShouldBe(0);

        // Names and texts stand as they are in protobuf.
        collector.Received["/v1/traces"].ShouldContain("CorruptShard");
        collector.Received["/v1/traces"].ShouldContain("datacentric.shard");
        collector.Received["/v1/metrics"].ShouldContain("datacentric.images");
        collector.Received["/v1/metrics"].ShouldContain("datacentric.shards");
        collector.Received["/v1/metrics"].ShouldContain("datacentric.activity.duration");
    }

    /// <summary>Keeps what is posted to it, by path.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly LocalServer _server;

        public Collector() => _server = new(KeepAsync);

        public string Address => _server.Address;

        public ConcurrentDictionary<string, string> Received { get; } = [];

        public void Dispose() => _server.Dispose();

        private async Task KeepAsync(HttpListenerContext call)
        {
            using var body = new MemoryStream();
            await call.Request.InputStream.CopyToAsync(body);
            var text = Encoding.Latin1.GetString(body.ToArray());
            Received.AddOrUpdate(call.Request.Url!.AbsolutePath, text, (_, before) => before + text);
        }
    }
}
