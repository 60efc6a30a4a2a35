using DataCentric.Pipeline.Activities;
using DataCentric.Pipeline.Workflow;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DataCentric.Pipeline.Hosting;

/// <summary>Runs the workflow in this process: activities on the thread pool, at most so many at a time, retried as asked.</summary>
/// <param name="services">Holds the activities, registered by <see cref="PipelineServices.AddPipeline"/>.</param>
/// <param name="time">Clock and delays.</param>
/// <param name="observer">Watches the workflow.</param>
/// <param name="workers">Most activities at once, at least 1.</param>
/// <param name="cancellationToken">Stops the run; what is stored stays and is found again.</param>
public sealed class InProcessContext(
    IServiceProvider services, TimeProvider time, IWorkflowObserver observer, int workers, CancellationToken cancellationToken) : IWorkflowContext
{
    /// <inheritdoc/>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <inheritdoc/>
    public ILogger Logger { get; } = services.GetRequiredService<ILoggerFactory>().CreateLogger<InProcessContext>();

    /// <inheritdoc/>
    public int MaxInFlight { get; } = Math.Max(1, workers);

    /// <inheritdoc/>
    public Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityName<TInput, TOutput> activity, TInput input, RetryOptions? retry = null)
        where TInput : notnull
    {
        var implementation = services.GetRequiredKeyedService<IActivity<TInput, TOutput>>(activity.Name);
        return Task.Run(() => TryAsync(activity.Name, implementation, input, retry ?? new RetryOptions(1, TimeSpan.Zero, 1)), cancellationToken);
    }

    /// <inheritdoc/>
    public void Report(WorkflowProgress progress) => observer.Report(progress);

    private async Task<TOutput> TryAsync<TInput, TOutput>(string name, IActivity<TInput, TOutput> activity, TInput input, RetryOptions retry)
    {
        var delay = retry.FirstDelay;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await activity.RunAsync(input, cancellationToken);
            }
            catch (Exception exception) when (attempt < retry.MaxAttempts && exception is not (OperationCanceledException or InputException))
            {
                Logger.LogWarning(exception, "{Activity} failed, try {Attempt} of {MaxAttempts}; next in {Delay}", name, attempt, retry.MaxAttempts, delay);
                await Task.Delay(delay, time, cancellationToken);
                delay *= retry.Backoff;
            }
        }
    }
}

/// <summary>Told by the in-process host where the workflow stands.</summary>
public interface IWorkflowObserver
{
    /// <summary>The workflow moved on.</summary>
    /// <param name="progress">Where it stands.</param>
    void Report(WorkflowProgress progress);
}
