using System.Runtime.InteropServices;

namespace DataCentric.Cli;

/// <summary>
/// Ctrl-C and SIGTERM, heard from the first moment to the last. Any number of them, however fast, is one wish: to stop. That of
/// System.CommandLine is not used: a second signal that came while it took leave threw on the thread of the signal.
/// </summary>
internal static class StopSignals
{
    /// <summary>
    /// How long a verb may take to stop by itself. Then the process ends as it stands: whole files stay, and what was being written is
    /// removed by the next start.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// Threads of the pool beyond one for each processor. Verbs that compute hold theirs for long, and on a busy machine the pool is slow to
    /// add more: a signal, which is told on a thread of the pool, then waited for seconds.
    /// </summary>
    public const int SpareThreads = 8;

    private static readonly CancellationTokenSource Stop = new();
    private static readonly TaskCompletionSource First = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Held for as long as the process lives: whoever takes them down leaves the next signal to the system.
    private static PosixSignalRegistration[] _registrations = [];

    /// <summary>Whether one came.</summary>
    public static bool IsStopped => First.Task.IsCompleted;

    /// <summary>Listens from now on.</summary>
    public static void Listen()
    {
        if (_registrations.Length == 0)
            _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Hear), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Hear)];
    }

    /// <summary>Runs a verb on the thread pool, as some compute for long before they give back their task.</summary>
    /// <param name="verb">The verb.</param>
    /// <exception cref="OperationCanceledException">A signal came, and the verb did not end in time.</exception>
    public static async Task<int> RunAsync(Func<CancellationToken, Task<int>> verb)
    {
        ThreadPool.GetMinThreads(out _, out var ports);
        ThreadPool.SetMinThreads(Environment.ProcessorCount + SpareThreads, ports);
        var running = Task.Run(() => verb(Stop.Token), CancellationToken.None);
        return await Task.WhenAny(running, PatienceEndsAsync()) == running ? await running : throw new OperationCanceledException(Stop.Token);
    }

    private static async Task PatienceEndsAsync()
    {
        await First.Task;
        await Task.Delay(Patience);
    }

    private static void Hear(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (First.TrySetResult())
            _ = Stop.CancelAsync(); // What its listeners throw is no matter of the thread of the signal.
    }
}
