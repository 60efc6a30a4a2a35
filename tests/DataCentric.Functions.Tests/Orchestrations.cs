using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Starts;
using DataCentric.Pipeline.Workflow;
using Microsoft.DurableTask;

namespace DataCentric.Functions.Tests;

/// <summary>The app's orchestrators on a test host, which finds no functions by itself.</summary>
internal static class Orchestrations
{
    public static void AddOrchestrators(this DurableTaskRegistry tasks) => tasks
        .AddOrchestratorFunc<RunInput, RunOutput>(nameof(Orchestrators.EnhancementOrchestrator), (context, _) => Orchestrators.EnhancementOrchestrator(context))
        .AddOrchestratorFunc<ShardGroupInput, Reply<FanOutOutcome>>(nameof(Orchestrators.ShardGroupOrchestrator), (context, _) => Orchestrators.ShardGroupOrchestrator(context));
}
