using System.Reflection;

namespace DataCentric.Cli.Tests;

/// <summary>What is made of whatever is thrown.</summary>
public sealed class LastCatchTests
{
    public static TheoryData<Exception, int> Thrown => new()
    {
        { new InputException("a"), 2 },
        { new TargetInvocationException(new InputException("a")), 2 },
        { new TypeInitializationException("a", new IOException("a")), 1 },
        { new AggregateException(new UnauthorizedAccessException("a")), 1 },
        { new InsufficientMemoryException(), 1 },
        { new NotSupportedException("a\nb"), 1 },
        { new TypeInitializationException("a", null), 1 },
        { new OperationCanceledException(), 1 },
    };

    [Theory]
    [MemberData(nameof(Thrown))]
    public void Everything_that_is_thrown_ends_with_a_code_that_is_promised(Exception thrown, int code) =>
        LastCatch.Tell(thrown, isStopped: false, "").ShouldBe(code);

    [Fact]
    public void What_a_stop_cancels_is_told_as_a_stop() => LastCatch.Tell(new OperationCanceledException(), isStopped: true, "").ShouldBe(130);

    [Theory]
    [InlineData("Max cpu time              unlimited            unlimited            seconds\nMax open files            60                   4096                 files", false)]
    [InlineData("Max open files            1024                 1048576              files", true)]
    [InlineData("Max open files            unlimited            unlimited            files", true)]
    [InlineData("Max processes             10                   10                   processes", true)]
    public void Too_few_open_files_are_told_by_number(string limits, bool areEnough) =>
        (OpenFiles.ProblemIn(limits) is not { } problem || !problem.Contains("60", StringComparison.Ordinal)).ShouldBe(areEnough);
}
