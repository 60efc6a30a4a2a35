using DataCentric.Pipeline.Activities;

namespace DataCentric.Pipeline.Workflow;

/// <summary>Looks for a worker that can attack before anything is handed to one.</summary>
internal static class AttackWorkers
{
    /// <summary>Waits for the first answer of an attack worker, as long as the host's patience lasts.</summary>
    /// <returns>What computes there.</returns>
    /// <exception cref="NoAttackWorkerException">None answered in time.</exception>
    public static async Task<AttackWorker> FindAsync(IWorkflowContext context, string runId)
    {
        var answer = context.CallActivityAsync(ActivityNames.FindAttackWorker, new AttackWorkerQuery(runId));
        if (context.Limits.AttackWorkerPatience is { } patience)
        {
            using var giveUp = new CancellationTokenSource();
            var timer = context.DelayAsync(patience, giveUp.Token);
            if (await Task.WhenAny(answer, timer) == timer)
                throw new NoAttackWorkerException(patience);
            giveUp.Cancel(); // Not CancelAsync: its task is none of the context's.
        }

        return await answer;
    }
}

/// <summary>Nobody picked up the work of the attack stage.</summary>
/// <param name="patience">How long the workflow waited.</param>
public sealed class NoAttackWorkerException(TimeSpan patience)
    : Exception($"No attack worker answered within {patience:g}: the app with the GPU activities is not deployed, cannot start, or uses another "
        + "task hub. Start the run again when it is there; what is finished is kept.");
