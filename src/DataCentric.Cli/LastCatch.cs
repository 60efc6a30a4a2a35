using System.Reflection;
using DataCentric.Pipeline.Workflow;

namespace DataCentric.Cli;

/// <summary>The last catch, and the only one: what was thrown becomes one message and an exit code, on whatever thread it was thrown.</summary>
internal static class LastCatch
{
    /// <summary>Set to 1, it shows where something was thrown that nobody foresaw.</summary>
    private const string Trace = "DATACENTRIC_TRACE";

    /// <summary>Runs everything else.</summary>
    /// <param name="action">All else.</param>
    /// <param name="advice">What is left behind and how to go on, asked where the action ends early; empty where there is nothing to say.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<Task<int>> action, Func<string> advice)
    {
        AppDomain.CurrentDomain.UnhandledException += EndProcess;
        try
        {
            return await action();
        }
        catch (Exception exception)
        {
            return Tell(exception, StopSignals.IsStopped, advice());
        }
        finally
        {
            AppDomain.CurrentDomain.UnhandledException -= EndProcess;
        }

        void EndProcess(object sender, UnhandledExceptionEventArgs thrown) =>
            Environment.Exit(Tell((Exception)thrown.ExceptionObject, StopSignals.IsStopped, advice()));
    }

    /// <summary>Says what happened.</summary>
    /// <param name="thrown">What was thrown.</param>
    /// <param name="isStopped">Whether the user stopped the program.</param>
    /// <param name="advice">What is left behind, and how to go on; empty where nothing is.</param>
    /// <returns>The exit code.</returns>
    internal static int Tell(Exception thrown, bool isStopped, string advice)
    {
        var exception = Cause(thrown);
        switch (exception)
        {
            case OperationCanceledException when isStopped:
                Say($"Stopped. {advice}".TrimEnd(), "");
                return ExitCode.Stopped;
            case InputException:
                Say(exception.Message, "");
                return ExitCode.BadInput;
            case IOException or InvalidDataException or UnauthorizedAccessException or StoreException or ShardsFailedException or OutOfMemoryException:
                Say(exception.Message, advice);
                return ExitCode.Failed;
            default:
                Say($"Something failed that should not have ({exception.GetType().Name}): {exception.Message.ReplaceLineEndings(" ")}", $"Please report it with the command; {Trace}=1 shows where.");
                if (Environment.GetEnvironmentVariable(Trace) == "1")
                    Console.Error.WriteLine(thrown);
                return ExitCode.Failed;
        }
    }

    /// <summary>What stands behind exceptions that say only where another one was thrown.</summary>
    private static Exception Cause(Exception thrown) =>
        thrown is AggregateException or TargetInvocationException or TypeInitializationException && thrown.InnerException is { } inner ? Cause(inner) : thrown;

    /// <summary>Says it in colour; or in plain text where what colours it is what failed.</summary>
    private static void Say(string error, string hint)
    {
        try
        {
            Messages.Error(error);
            if (hint.Length > 0)
                Messages.Hint(hint);
        }
        catch (Exception)
        {
            Console.Error.WriteLine($"error {error} {hint}".TrimEnd());
        }
    }
}
