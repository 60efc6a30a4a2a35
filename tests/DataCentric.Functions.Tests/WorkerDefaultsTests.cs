using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DataCentric.Functions.Tests;

/// <summary>Who is told of what an app logs.</summary>
public sealed class WorkerDefaultsTests
{
    // With this capability Worker.Core 2.52 names an invocation `faas.invocation_id` in its log scope; Worker.Grpc 2.52 looks only for
    // `AzureFunctions_InvocationId`, and the host throws away what carries no invocation.
    private const string LogsLeaveTheHost = "WorkerOpenTelemetrySchemaVersion";

    [Fact]
    public void Without_an_exporter_the_host_gets_the_log() => Capabilities([]).ShouldNotContain(LogsLeaveTheHost);

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=00000000-0000-0000-0000-000000000000")]
    public void With_an_exporter_the_worker_sends_it_there(string setting, string value) =>
        Capabilities([new(setting, value)]).ShouldContain(LogsLeaveTheHost);

    [Fact]
    public void Data_sets_are_looked_up_by_the_connection_of_the_uploads_a_string_or_an_identitys_address()
    {
        Account((StorageConnection.Name, "UseDevelopmentStorage=true")).ShouldBe("UseDevelopmentStorage=true");
        Account(("DataCentricStorage:blobServiceUri", "https://a.blob.core.windows.net/"), ("AzureWebJobsStorage", "UseDevelopmentStorage=true"))
            .ShouldBe("https://a.blob.core.windows.net/");
        Should.Throw<InputException>(() => Account(("AzureWebJobsStorage", "UseDevelopmentStorage=true"))).Message.ShouldContain("DataCentricStorage");
    }

    private static string Account(params (string Setting, string Value)[] settings) => StorageConnection.AccountOf(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Setting, (string?)setting.Value))).Build());

    private static IEnumerable<string> Capabilities(IEnumerable<KeyValuePair<string, string>> settings)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Configuration[StorageConnection.Name] = "UseDevelopmentStorage=true";
        // Whatever the machine that runs the tests has set.
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "";
        foreach (var (setting, value) in settings)
            builder.Configuration[setting] = value;
        builder.AddWorkerDefaults();

        using var services = builder.Services.BuildServiceProvider();
        return [.. services.GetRequiredService<IOptions<WorkerOptions>>().Value.Capabilities.Keys];
    }
}
