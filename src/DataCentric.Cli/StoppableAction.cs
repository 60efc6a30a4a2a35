using System.CommandLine.Invocation;

namespace DataCentric.Cli;

/// <summary>
/// Runs a verb on the thread pool, so that Ctrl-C and SIGTERM are heard from its first moment on: they are listened to only once the verb
/// has given back its task, and some verbs compute for long before that.
/// </summary>
/// <param name="inner">The verb.</param>
internal sealed class StoppableAction(AsynchronousCommandLineAction inner) : AsynchronousCommandLineAction
{
    /// <summary>What a verb that did not stop in time ends with after Ctrl-C: 128 and the number of the signal.</summary>
    public const int Interrupted = 130;

    /// <summary>The same after SIGTERM.</summary>
    public const int Terminated = 143;

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

    /// <summary>Wraps all verbs.</summary>
    public static void Wrap(RootCommand root)
    {
        ThreadPool.GetMinThreads(out _, out var ports);
        ThreadPool.SetMinThreads(Environment.ProcessorCount + SpareThreads, ports);
        foreach (var command in root.Subcommands)
        {
            if (command.Action is AsynchronousCommandLineAction action)
                command.Action = new StoppableAction(action);
        }
    }

    public override Task<int> InvokeAsync(ParseResult parseResult, CancellationToken cancellationToken = default) =>
        Task.Run(() => inner.InvokeAsync(parseResult, cancellationToken), CancellationToken.None);
}
