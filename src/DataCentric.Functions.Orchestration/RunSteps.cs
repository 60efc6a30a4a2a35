using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Starts;
using Microsoft.DurableTask.Client;

namespace DataCentric.Functions;

/// <summary>What can be asked of runs, and done to them, as orchestration instances.</summary>
internal static class RunSteps
{
    /// <summary>Most runs of a list.</summary>
    public const int MostListed = 100;

    // A large run has thousands of child orchestrations, which come among the runs.
    private const int MostLookedAt = 10_000;

    /// <summary>Runs in some states (none named: in all), the latest first.</summary>
    public static async Task<RunList> ListAsync(this DurableTaskClient client, IReadOnlyList<RunPhase> states, CancellationToken cancellationToken)
    {
        var query = new OrchestrationQuery { FetchInputsAndOutputs = true, PageSize = MostListed };
        if (states.Count > 0)
            query = query with { Statuses = [.. states.Select(StatusOf)] };
        var (runs, looked) = (new List<RunEntry>(), 0);
        await foreach (var instance in client.GetAllInstancesAsync(query).WithCancellation(cancellationToken))
        {
            if (runs.Count == MostListed || ++looked > MostLookedAt)
                return Sorted(more: true);
            if (EntryOf(instance) is { } run)
                runs.Add(run with { Summary = null });
        }

        return Sorted(more: false);

        RunList Sorted(bool more) => new([.. runs.OrderByDescending(run => run.StartedAt)], more);
    }

    /// <summary>One run; null where it is not known.</summary>
    public static async Task<RunEntry?> FindAsync(this DurableTaskClient client, string runId, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(runId, getInputsAndOutputs: true, cancellationToken) is { } instance ? EntryOf(instance) : null;

    /// <summary>Terminates a run and its children, and asks its activities to end.</summary>
    /// <returns>What it was before.</returns>
    public static async Task<RunState> TerminateAsync(this DurableTaskClient client, string runId, RunStops stops, CancellationToken cancellationToken)
    {
        var state = await client.FindAsync(runId, cancellationToken) switch { null => RunState.Unknown, { HasEnded: true } => RunState.Ended, _ => RunState.Running };
        if (state != RunState.Running)
            return state;
        await stops.AskAsync(runId, cancellationToken);
        await client.TerminateInstanceAsync(runId, new TerminateInstanceOptions("Terminated on request.", Recursive: true), cancellationToken);
        return state;
    }

    /// <summary>Starts a run that has ended once more.</summary>
    /// <returns>What it was before.</returns>
    public static async Task<RunState> RestartAsync(this DurableTaskClient client, string runId, RunStops stops, CancellationToken cancellationToken)
    {
        var instance = await client.GetInstanceAsync(runId, getInputsAndOutputs: true, cancellationToken);
        if (instance is null || EntryOf(instance) is not { } run)
            return RunState.Unknown;
        if (!run.HasEnded)
            return RunState.Running;
        return await client.StartAsync(instance.ReadInputAs<RunInput>()!, StartRules.ForUser, stops, cancellationToken) == StartDecision.Start
            ? RunState.Ended
            : RunState.Running;
    }

    /// <summary>A run of an instance; null for one that is none, such as a child orchestration.</summary>
    private static RunEntry? EntryOf(OrchestrationMetadata instance)
    {
        if (instance.Name != nameof(Orchestrators.EnhancementOrchestrator) || instance.ReadInputAs<RunInput>() is not { } input)
            return null;
        var state = PhaseOf(instance.RuntimeStatus);
        return new(instance.InstanceId, input.Request.Dataset, state, instance.CreatedAt, instance.LastUpdatedAt, RunOutput.ReportOf(instance.InstanceId))
        {
            Status = instance.SerializedCustomStatus is null ? null : instance.ReadCustomStatusAs<RunStatus>(),
            Problem = state switch
            {
                RunPhase.Failed => instance.FailureDetails?.ErrorMessage ?? instance.SerializedOutput,
                RunPhase.Terminated => instance.SerializedOutput?.Trim('"'),
                _ => null,
            },
            Summary = state == RunPhase.Completed && instance.SerializedOutput is not null ? instance.ReadOutputAs<RunOutput>()?.Summary : null,
        };
    }

    private static RunPhase PhaseOf(OrchestrationRuntimeStatus status) => status switch
    {
        OrchestrationRuntimeStatus.Pending => RunPhase.Pending,
        OrchestrationRuntimeStatus.Suspended => RunPhase.Suspended,
        OrchestrationRuntimeStatus.Completed => RunPhase.Completed,
        OrchestrationRuntimeStatus.Failed => RunPhase.Failed,
        OrchestrationRuntimeStatus.Terminated => RunPhase.Terminated,
        _ => RunPhase.Running,
    };

    private static OrchestrationRuntimeStatus StatusOf(RunPhase state) => Enum.Parse<OrchestrationRuntimeStatus>(state.ToString());
}
