using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Workflow;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataCentric.Pipeline.Tests.Workflow;

/// <summary>
/// Runs a workflow as a durable host does: from its beginning, again and again, each time against the history of what has ended so far.
/// A call that the history answers is answered at once; another one is noted and stays open, and the workflow is dropped there. All of it
/// happens on one thread, without any other task: a workflow that awaits something else never gets further, and is found out.
/// </summary>
internal sealed class ReplayContext(FanOutLimits limits, IReadOnlyList<(int Call, object Result)> history) : IWorkflowContext
{
    private readonly List<TaskCompletionSource<object>> _open = [];

    /// <summary>Every call in order: activities, child workflows, timers.</summary>
    public List<(string Name, object Input)> Calls { get; } = [];

    public DateTimeOffset Now { get; private set; } = DateTimeOffset.UnixEpoch;

    public ProcessorSeconds? Processor => null;

    public ILogger Logger => NullLogger.Instance;

    public FanOutLimits Limits => limits;

    public List<WorkflowProgress> Reports { get; } = [];

    /// <summary>Calls that the history does not answer.</summary>
    public IEnumerable<int> Open => Enumerable.Range(0, _open.Count).Where(call => !_open[call].Task.IsCompleted);

    /// <summary>Starts the workflow and lets one event of the history happen after the other.</summary>
    public Task<T> Run<T>(Func<IWorkflowContext, Task<T>> workflow)
    {
        var run = workflow(this);
        foreach (var (call, result) in history)
        {
            call.ShouldBeLessThan(_open.Count, "The history answers a call that this replay did not make.");
            Now += TimeSpan.FromSeconds(1);
            if (result is Exception failure)
                _open[call].TrySetException(failure);
            else
                _open[call].TrySetResult(result);
        }

        return run;
    }

    public Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityName<TInput, TOutput> activity, TInput input, RetryOptions? retry = null)
        where TInput : notnull
        where TOutput : class => Call<TOutput>(activity.Name, input);

    public Task<FanOutOutcome> CallShardGroupAsync(ShardGroup group) => Call<FanOutOutcome>("ShardGroup", group);

    public async Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        var timer = _open.Count;
        using var cancelled = cancellationToken.Register(() => _open[timer].TrySetCanceled(cancellationToken));
        await Call<object>("Timer", delay);
    }

    public void Report(WorkflowProgress progress) => Reports.Add(progress);

    private async Task<T> Call<T>(string name, object input)
    {
        var answer = new TaskCompletionSource<object>(); // Continuations run inline, on the thread that replays.
        Calls.Add((name, input));
        _open.Add(answer);
        return (T)await answer.Task;
    }
}
