using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Starts;
using DataCentric.Pipeline.Workflow;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace DataCentric.Functions;

/// <summary>The workflow's port on a durable orchestration.</summary>
/// <param name="context">The orchestration.</param>
/// <param name="limits">How wide this run fans out.</param>
internal sealed class DurableContext(TaskOrchestrationContext context, FanOutLimits limits) : IWorkflowContext
{
    private readonly RunStatusLog _status = new();

    public DateTimeOffset Now => new(context.CurrentUtcDateTime, TimeSpan.Zero);

    /// <summary>Processes of an app serve several runs at a time.</summary>
    public ProcessorSeconds? Processor => null;

    public ILogger Logger { get; } = context.CreateReplaySafeLogger<DurableContext>();

    public FanOutLimits Limits => limits;

    public Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityName<TInput, TOutput> activity, TInput input, RetryOptions? retry = null)
        where TInput : notnull
        where TOutput : class =>
        UnwrapAsync(context.CallActivityAsync<Reply<TOutput>>(activity.Name, input, OptionsOf(retry)));

    public Task<FanOutOutcome> CallShardGroupAsync(ShardGroup group) => UnwrapAsync(
        context.CallSubOrchestratorAsync<Reply<FanOutOutcome>>(nameof(Orchestrators.ShardGroupOrchestrator), new ShardGroupInput(group, limits)));

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) => context.CreateTimer(delay, cancellationToken);

    public void Report(WorkflowProgress progress) => context.SetCustomStatus(_status.Next(progress, Now));

    private static TaskOptions? OptionsOf(RetryOptions? retry) => retry is null
        ? null
        : TaskOptions.FromRetryPolicy(new RetryPolicy(retry.MaxAttempts, retry.FirstDelay, retry.Backoff));

    // What the framework throws names the task and its number; people want to read what went wrong.
    private static async Task<T> UnwrapAsync<T>(Task<Reply<T>> call)
        where T : class
    {
        try
        {
            return (await call).Unwrap();
        }
        catch (TaskFailedException exception)
        {
            throw new ActivityFailedException(exception.TaskName, exception.FailureDetails?.ErrorMessage ?? exception.Message, exception);
        }
    }
}
