using System.Text.Json;
using Azure.Monitor.OpenTelemetry.Exporter;
using DataCentric.Pipeline;
using DataCentric.Pipeline.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;

namespace DataCentric.Functions;

/// <summary>What every function app of this product sets up alike: how messages are written, where data lie, who is told.</summary>
public static class WorkerDefaults
{
    /// <summary>
    /// Settings: the connection <see cref="StorageConnection"/>;
    /// <c>DataCentric:Scratch</c>, a folder with room for a data set (default: the system's); and OpenTelemetry's own.
    /// </summary>
    /// <param name="builder">The app.</param>
    /// <exception cref="InputException">The connection is missing, or a setting says what cannot be.</exception>
    public static FunctionsApplicationBuilder AddWorkerDefaults(this FunctionsApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = builder.Configuration;
        builder.Services.AddAccountStores(StorageConnection.AccountOf(settings), settings["DataCentric:Scratch"] ?? Path.GetTempPath());

        builder.Services.Configure<JsonSerializerOptions>(UsePipelineJson);
        AddTelemetry(builder.Services, settings);
        return builder;
    }

    // The wire between workflow and activities is the product's own JSON. The worker makes its serializer of these options, and orchestrators
    // read their input by the options alone: a serializer set in their place would write words for enums that no orchestrator could read.
    private static void UsePipelineJson(JsonSerializerOptions options)
    {
        var ours = PipelineJson.Compact;
        options.PropertyNamingPolicy = ours.PropertyNamingPolicy;
        options.DefaultIgnoreCondition = ours.DefaultIgnoreCondition;
        options.UnmappedMemberHandling = ours.UnmappedMemberHandling;
        options.Encoder = ours.Encoder;
        foreach (var converter in ours.Converters)
            options.Converters.Add(converter);
    }

    private static void AddTelemetry(IServiceCollection services, ConfigurationManager settings)
    {
        var telemetry = services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource(PipelineTelemetry.Name))
            .WithMetrics(metrics => metrics.AddMeter(PipelineTelemetry.Name));
        var appInsights = settings["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 };
        var otlp = settings["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };
        // From here on the worker's log goes to the exporters and no longer to the host: Worker.OpenTelemetry 1.2.0 names an invocation as
        // OpenTelemetry 1.37.0 does, where Worker.Grpc 2.52.0 looks for the host's own name, and the host drops what has none.
        if (appInsights || otlp)
            telemetry.UseFunctionsWorkerDefaults();
        // The exporter has no credential of its own accord, and an Application Insights without local authentication takes nothing without.
        if (appInsights)
            telemetry.UseAzureMonitorExporter(exporter => exporter.Credential = InsightsIdentity.Of(settings[InsightsIdentity.Setting]));
        if (otlp)
            telemetry.UseOtlpExporter();
    }
}
