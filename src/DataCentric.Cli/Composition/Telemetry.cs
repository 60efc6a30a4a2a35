using DataCentric.Pipeline.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DataCentric.Cli.Composition;

/// <summary>Sends traces and metrics of the pipeline to an OTLP endpoint while it lives; the usual OTEL_ variables say how.</summary>
internal sealed class Telemetry : IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    private Telemetry()
    {
        var service = ResourceBuilder.CreateDefault().AddService("datacentric");
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(service).AddSource(PipelineTelemetry.Name).AddOtlpExporter().Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(service).AddMeter(PipelineTelemetry.Name).AddOtlpExporter().Build();
    }

    /// <summary>Starts sending where OTEL_EXPORTER_OTLP_ENDPOINT is set; null elsewhere, and nothing is gathered.</summary>
    public static Telemetry? Start() => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Endpoint)) ? null : new Telemetry();

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }
}
