using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Starts;
using DataCentric.Pipeline.Workflow;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace DataCentric.Functions;

/// <summary>The workflows as orchestrations.</summary>
public static class Orchestrators
{
    /// <summary>A whole run.</summary>
    /// <param name="context">The orchestration; its input is a <see cref="RunInput"/>.</param>
    [Function(nameof(EnhancementOrchestrator))]
    public static async Task<RunOutput> EnhancementOrchestrator([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var input = context.GetInput<RunInput>()!;
        return RunOutput.Of(await EnhancementWorkflow.RunAsync(new DurableContext(context, input.Limits), input.Request));
    }

    /// <summary>Some shards of a run.</summary>
    /// <param name="context">The orchestration; its input is a <see cref="ShardGroupInput"/>.</param>
    [Function(nameof(ShardGroupOrchestrator))]
    public static Task<Reply<FanOutOutcome>> ShardGroupOrchestrator([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var input = context.GetInput<ShardGroupInput>()!;
        return Reply.OfAsync(() => ShardGroupWorkflow.RunAsync(new DurableContext(context, input.Limits), input.Group));
    }
}
