using System.Diagnostics;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Runs;
using DataCentric.Pipeline.Workflow;

namespace DataCentric.Pipeline.Tests.Faults;

/// <summary>Every write of a run fails in turn, before, during and after it takes effect: once, or for good.</summary>
public sealed class FaultyWriteTests : IDisposable
{
    private readonly RunHarness _harness = new();
    private int _runs;

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task A_write_that_fails_once_is_repeated_and_changes_nothing()
    {
        var (writes, expected) = await UndisturbedAsync();
        var (tried, identical) = (0, 0);
        foreach (var (number, when) in FaultLog.Some(Cases(writes), inShort: 5))
        {
            var (work, result) = NewStores();

            await _harness.RunAsync(_harness.Request, Failing(work, n => n == number, when), result, time: new JumpingTime());

            tried++;
            identical += await RunHarness.FingerprintAsync(result) == expected ? 1 : 0;
        }

        FaultLog.Note("a file write fails once (before, during, after it takes effect)", tried, identical, 0, []);
        identical.ShouldBe(tried);
    }

    [Fact]
    public async Task A_storage_that_fails_for_good_ends_the_run_with_its_reason_and_the_next_start_goes_on()
    {
        var (writes, expected) = await UndisturbedAsync();
        var (tried, identical, recomputed, recovery) = (0, 0, 0, new List<TimeSpan>());
        foreach (var (number, when) in FaultLog.Some(Cases(writes), inShort: 5))
        {
            var (work, result) = NewStores();
            var failure = await Record.ExceptionAsync(() =>
                _harness.RunAsync(_harness.Request, Failing(work, n => n >= number, when), result, time: new JumpingTime()));
            if (failure is null)
            {
                when.ShouldBe(WriteFault.After, "Only what took effect can be found by the next try.");
                tried++;
                identical += await RunHarness.FingerprintAsync(result) == expected ? 1 : 0;
                continue;
            }

            (failure is StoreException or ShardsFailedException).ShouldBeTrue(failure.ToString());
            failure.Message.ShouldContain("it took effect");
            var valid = await Shards.ValidAsync(work);

            var start = Stopwatch.GetTimestamp();
            var watched = new FaultyStore(work, (_, _) => WriteFault.None);
            await _harness.RunAsync(_harness.Request, watched, result);

            recovery.Add(Stopwatch.GetElapsedTime(start));
            tried++;
            identical += await RunHarness.FingerprintAsync(result) == expected ? 1 : 0;
            recomputed += watched.Written.Count(valid.Contains);
        }

        FaultLog.Note("all file writes fail from some moment on", tried, identical, recomputed, recovery);
        identical.ShouldBe(tried);
        recomputed.ShouldBe(0);
    }

    [Fact]
    public async Task A_clock_that_jumps_changes_nothing_and_no_stage_takes_less_than_no_time()
    {
        var (_, expected) = await UndisturbedAsync();
        var (work, result) = NewStores();

        await _harness.RunAsync(_harness.Request, work, result, time: new JumpingTime());

        var identical = await RunHarness.FingerprintAsync(result) == expected;
        FaultLog.Note("the clock jumps by up to a day at every look", 1, identical ? 1 : 0, 0, []);
        identical.ShouldBeTrue();
        var record = await result.ReadJsonAsync<RunRecord>(ResultFiles.Run, PipelineJson.Indented, CancellationToken.None);
        record.Timings.ShouldAllBe(timing => timing.Seconds >= 0 && timing.Seconds < 600);
    }

    private async Task<(int Writes, string Fingerprint)> UndisturbedAsync()
    {
        var (work, result) = NewStores();
        var counting = new FaultyStore(work, (_, _) => WriteFault.None);
        await _harness.RunAsync(_harness.Request, counting, result, workers: 1);
        return (counting.Writes, await RunHarness.FingerprintAsync(result));
    }

    private static (int Number, WriteFault When)[] Cases(int writes) =>
    [
        .. from number in Enumerable.Range(1, writes)
           from when in new[] { WriteFault.Before, WriteFault.During, WriteFault.After }
           select (number, when),
    ];

    private static FaultyStore Failing(IDataStore work, Func<int, bool> which, WriteFault when) =>
        new(work, (number, _) => which(number) ? when : WriteFault.None);

    private (IDataStore Work, IDataStore Result) NewStores()
    {
        var number = ++_runs;
        return (_harness.Store($"w{number}"), _harness.Store($"r{number}"));
    }
}
