namespace DataCentric.Pipeline.Tests.Faults;

/// <summary>A wall clock that jumps by up to a day, forwards or backwards, whenever it is read; timers that ring at once, so that no test waits.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private int _reads;

    public override DateTimeOffset GetUtcNow()
    {
        var read = Interlocked.Increment(ref _reads);
        return DateTimeOffset.UnixEpoch.AddYears(50).AddHours((read * 17 % 49) - 24);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
}
