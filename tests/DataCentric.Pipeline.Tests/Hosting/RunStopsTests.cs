using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DataCentric.Pipeline.Tests.Hosting;

/// <summary>Activities of a run that is terminated while they are under way, on another machine.</summary>
public sealed class RunStopsTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly EnhancementRequest Request = new() { RunId = "run", Dataset = "set" };
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Training _training = new();
    private readonly ServiceProvider _services;

    public RunStopsTests() => _services = new ServiceCollection()
        .AddLogging()
        .AddSingleton<TimeProvider>(_time)
        .AddSingleton(PipelineStores.Within(new FolderStore(_folder["store"])))
        .AddDataActivities()
        .AddKeyedSingleton<IActivity<EnhancementRequest, FinishedRun>>(ActivityNames.FindFinished.Name, _training)
        .BuildServiceProvider();

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_activity_under_way_ends_at_its_next_look_and_is_not_tried_again()
    {
        var reply = ReplyAsync();
        await _training.Begun.Task;

        await Stops.AskAsync("other", None);
        await PassAsync(() => false, looks: 3);
        reply.IsCompleted.ShouldBeFalse("It is another run that was terminated.");
        await Stops.AskAsync("run", None);
        await PassAsync(() => reply.IsCompleted, looks: 200);

        (await reply).BadInput.ShouldBe("Run run was terminated.");
    }

    [Fact]
    public async Task One_that_comes_late_does_not_begin_its_work_until_the_run_is_started_again()
    {
        await Stops.AskAsync("run", None);
        (await ReplyAsync()).BadInput.ShouldNotBeNull();

        await WithdrawAsync();
        _training.Enough.SetResult();

        (await ReplyAsync()).Value.ShouldNotBeNull();
    }

    [Fact]
    public async Task One_under_way_ends_even_where_the_run_is_started_again_or_purged_at_once()
    {
        var reply = ReplyAsync();
        await _training.Begun.Task;

        await Stops.AskAsync("run", None);
        await WithdrawAsync();
        await PassAsync(() => reply.IsCompleted, looks: 3);

        reply.IsCompleted.ShouldBeTrue("It goes on beside the one that the new start begins.");
        (await reply).BadInput.ShouldBe("Run run was terminated.");
    }

    [Fact]
    public async Task A_run_that_was_not_terminated_is_started_without_a_wait() => await Stops.WithdrawAsync("run", None).WaitAsync(TimeSpan.FromMinutes(1));

    [Fact]
    public async Task The_host_that_stops_is_no_run_that_was_terminated()
    {
        using var host = new CancellationTokenSource();
        var reply = _services.GetRequiredService<ActivityRunner>().ReplyAsync(ActivityNames.FindFinished, Request, host.Token);
        await _training.Begun.Task;

        await host.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(reply);
    }

    private RunStops Stops => _services.GetRequiredService<RunStops>();

    private Task<Reply<FinishedRun>> ReplyAsync() => _services.GetRequiredService<ActivityRunner>().ReplyAsync(ActivityNames.FindFinished, Request, None);

    private async Task WithdrawAsync()
    {
        var withdrawn = Stops.WithdrawAsync("run", None);
        await PassAsync(() => withdrawn.IsCompleted, looks: 200);
        await withdrawn;
    }

    private async Task PassAsync(Func<bool> isEnough, int looks)
    {
        for (var look = 0; look < looks && !isEnough(); look++)
        {
            _time.Advance(RunStops.Interval);
            await Task.Delay(20);
        }
    }

    private sealed class Training : IActivity<EnhancementRequest, FinishedRun>
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Enough { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<FinishedRun> RunAsync(EnhancementRequest input, CancellationToken cancellationToken)
        {
            Begun.TrySetResult();
            await Enough.Task.WaitAsync(cancellationToken);
            return new FinishedRun(null);
        }
    }
}
