using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Starts;
using DataCentric.Pipeline.Workflow;
using Microsoft.DurableTask;

namespace DataCentric.Functions.Tests;

/// <summary>The app's orchestrators on a test host, which finds no functions by itself.</summary>
internal static class Orchestrations
{
    // Microsoft.DurableTask.Analyzers 0.2.0 fails where a name is anything but a literal.
    public static void AddOrchestrators(this DurableTaskRegistry tasks) => tasks
        .AddOrchestratorFunc<RunInput, RunOutput>("EnhancementOrchestrator", (context, _) => Orchestrators.EnhancementOrchestrator(context))
        .AddOrchestratorFunc<ShardGroupInput, Reply<FanOutOutcome>>("ShardGroupOrchestrator", (context, _) => Orchestrators.ShardGroupOrchestrator(context));
}
