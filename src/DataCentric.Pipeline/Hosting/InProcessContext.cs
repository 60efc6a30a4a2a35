using DataCentric.Pipeline.Stages;
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
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly long _startTimestamp = time.GetTimestamp();
    private readonly ActivityRunner _runner = new(services, time);
    private readonly IProcessorMeter? _meter = services.GetService<IProcessorMeter>();
    private readonly CancellationToken _stop = cancellationToken;

    /// <summary>The time of the start and what has passed since, so that a clock that is set meanwhile changes no duration.</summary>
    public DateTimeOffset Now => _start + time.GetElapsedTime(_startTimestamp);

    /// <inheritdoc/>
    public ProcessorSeconds? Processor => _meter?.Used;

    /// <inheritdoc/>
    public ILogger Logger { get; } = services.GetRequiredService<ILoggerFactory>().CreateLogger<InProcessContext>();

    /// <summary>There is no history to keep short and one kind of worker: all shards are handed out by one workflow.</summary>
    public FanOutLimits Limits { get; } = new() { MaxInFlight = Math.Max(1, workers), MaxFanOut = int.MaxValue };

    /// <inheritdoc/>
    public Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityName<TInput, TOutput> activity, TInput input, RetryOptions? retry = null)
        where TInput : notnull
        where TOutput : class =>
        Task.Run(() => TryAsync(activity, input, retry ?? new RetryOptions(1, TimeSpan.Zero, 1)), _stop);

    /// <inheritdoc/>
    public Task<FanOutOutcome> CallShardGroupAsync(ShardGroup group) => ShardGroupWorkflow.RunAsync(this, group);

    /// <inheritdoc/>
    public async Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop, cancellationToken);
        await Task.Delay(delay, time, either.Token);
    }

    /// <inheritdoc/>
    public void Report(WorkflowProgress progress) => observer.Report(progress);

    private async Task<TOutput> TryAsync<TInput, TOutput>(ActivityName<TInput, TOutput> activity, TInput input, RetryOptions retry)
        where TInput : notnull
    {
        var delay = retry.FirstDelay;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await _runner.RunAsync(activity, input, _stop);
            }
            catch (Exception exception) when (attempt < retry.MaxAttempts && exception is not (OperationCanceledException or InputException))
            {
                Logger.LogWarning(
                    exception, "{Activity} failed, try {Attempt} of {MaxAttempts}; next in {Delay}", activity.Name, attempt, retry.MaxAttempts, delay);
                await Task.Delay(delay, time, _stop);
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
