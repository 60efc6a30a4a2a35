using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Starts;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace DataCentric.Functions;

/// <summary>Runs as orchestration instances: the run id is the instance id.</summary>
internal static class Runs
{
    /// <summary>What is known of a run.</summary>
    public static async Task<RunState> StateOfAsync(this DurableTaskClient client, string runId, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(runId, cancellationToken) switch
        {
            null => RunState.Unknown,
            { IsCompleted: true } => RunState.Ended,
            _ => RunState.Running,
        };

    /// <summary>In these states a run is not started anew; without them a provider may end a running one for the sake of the new one.</summary>
    private static readonly OrchestrationRuntimeStatus[] Running =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    /// <summary>Starts a run unless the rule forbids it; of two that start the same run at once, one is told that it runs already.</summary>
    public static async Task<StartDecision> StartAsync(
        this DurableTaskClient client, RunInput input, Func<RunState, StartDecision> rule, RunStops stops, CancellationToken cancellationToken)
    {
        var runId = input.Request.RunId;
        var decision = rule(await client.StateOfAsync(runId, cancellationToken));
        if (decision != StartDecision.Start)
            return decision;
        await stops.WithdrawAsync(runId, cancellationToken);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(Orchestrators.EnhancementOrchestrator), input, new StartOrchestrationOptions(runId).WithDedupeStatuses(Running), cancellationToken);
            return StartDecision.Start;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var other = rule(await client.StateOfAsync(runId, cancellationToken));
            if (other == StartDecision.Start)
                throw;
            return other;
        }
    }
}
