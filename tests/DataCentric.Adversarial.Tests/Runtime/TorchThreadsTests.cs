using DataCentric.Adversarial.Runtime;

namespace DataCentric.Adversarial.Tests.Runtime;

public sealed class TorchThreadsTests
{
    [Fact]
    public void One_caller_after_another_gets_the_same_thread()
    {
        var first = TorchThreads.Run(() => Environment.CurrentManagedThreadId);
        var others = Enumerable.Range(0, 20).Select(_ => Task.Factory.StartNew(
            () => TorchThreads.Run(() => Environment.CurrentManagedThreadId),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).GetAwaiter().GetResult());

        // Other tests may take it in between, and give another one back.
        others.Append(first).Distinct().Count().ShouldBeLessThan(10);
    }

    [Fact]
    public void Callers_at_the_same_time_get_different_threads()
    {
        using var meeting = new Barrier(2);
        var ids = new int[2];
        Parallel.For(0, 2, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i => ids[i] = TorchThreads.Run(() =>
        {
            meeting.SignalAndWait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
            return Environment.CurrentManagedThreadId;
        }));

        ids[0].ShouldNotBe(ids[1]);
    }

    [Fact]
    public void What_the_work_throws_arrives_and_the_thread_lives_on()
    {
        Should.Throw<InputException>(() => TorchThreads.Run<int>(() => throw new InputException("broken"))).Message.ShouldBe("broken");
        TorchThreads.Run(() => TorchThreads.Run(() => 42)).ShouldBe(42);
    }
}
