using System.Text.Json;
using DataCentric.Pipeline;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Starts;
using DataCentric.Pipeline.Workflow;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DataCentric.Functions.Tests;

/// <summary>What travels between the functions of an app, as its worker is set up to write and read it.</summary>
public sealed class WireTests
{
    [Fact]
    public void What_the_worker_writes_an_orchestrator_can_read_which_does_so_by_options_and_not_by_the_serializer()
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Configuration[StorageConnection.Name] = "UseDevelopmentStorage=true";
        builder.AddWorkerDefaults();
        using var services = builder.Services.BuildServiceProvider();
        var input = new RunInput(new EnhancementRequest { RunId = "run", Dataset = "set" }, new FanOutLimits());

        var written = services.GetRequiredService<IOptions<WorkerOptions>>().Value.Serializer!.Serialize(input, null, TestContext.Current.CancellationToken).ToString();
        var read = JsonSerializer.Deserialize<JsonElement>(written).Deserialize<RunInput>(services.GetRequiredService<IOptions<JsonSerializerOptions>>().Value);

        written.ShouldContain("\"momentumNormalization\":\"l1\"");
        JsonSerializer.Serialize(read, PipelineJson.Compact).ShouldBe(JsonSerializer.Serialize(input, PipelineJson.Compact));
    }
}
