using System.ComponentModel;
using System.Diagnostics;

namespace DataCentric.Adversarial.Isolation;

/// <summary>The process that computes ended before it answered: a crash of libtorch, a kill by the system for want of memory.</summary>
/// <param name="message">What happened, for people.</param>
public sealed class ComputeProcessException(string message) : IOException(message);

/// <summary>A process that computes for this one, one request at a time. Ends with this one.</summary>
internal sealed class ComputeProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10); // for a process that has closed its pipe to be gone

    private readonly Process _process;
    private readonly Stream _requests;
    private readonly Stream _replies;
    private readonly Lock _gate = new();
    private ProcessorSeconds _used;

    /// <summary>Starts the process.</summary>
    /// <param name="program">This program, told to serve: see <see cref="ComputeServer"/>.</param>
    /// <exception cref="ComputeProcessException">It cannot be started.</exception>
    public ComputeProcess(ProcessStartInfo program)
    {
        program.RedirectStandardInput = program.RedirectStandardOutput = true;
        try
        {
            _process = Process.Start(program)!;
        }
        catch (Exception broken) when (broken is Win32Exception or IOException)
        {
            throw new ComputeProcessException($"The process that computes cannot be started: {broken.Message}");
        }

        (_requests, _replies) = (new BufferedStream(_process.StandardInput.BaseStream), new BufferedStream(_process.StandardOutput.BaseStream));
    }

    /// <summary>Whether it can be asked: false once it has ended.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>Most bytes of memory that it has had at a time; 0 where the system does not tell.</summary>
    public long PeakBytes
    {
        get
        {
            try
            {
                _process.Refresh();
                return _process.PeakWorkingSet64;
            }
            catch (InvalidOperationException)
            {
                return 0; // It has ended.
            }
        }
    }

    /// <summary>Processor time that it has used; once it has ended, up to its last answer or its end by <see cref="Dispose"/>.</summary>
    public ProcessorSeconds Used
    {
        get
        {
            lock (_gate)
                return _used = ReadUsed() ?? _used;
        }
    }

    /// <summary>Asks, and waits for the answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="note">Gets what is told before the answer. Where it throws, the process is ended.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <exception cref="InputException">The answer is that the input is wrong.</exception>
    /// <exception cref="ComputeProcessException">The process ended, or something went wrong in it.</exception>
    public Message Ask(Message request, Action<Message>? note = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var stop = cancellationToken.Register(End);
        try
        {
            var reply = Exchange(() =>
            {
                request.Write(_requests);
                return Message.Read(_replies);
            });
            while (reply.Kind is MessageKind.Progress or MessageKind.Checkpoint)
            {
                note?.Invoke(reply);
                reply = Exchange(() => Message.Read(_replies));
            }

            _ = Used; // A process that crashes later tells it no more.
            return reply.Kind switch
            {
                MessageKind.Refused => throw new InputException(reply.Value<string>()),
                MessageKind.Failed => throw new ComputeProcessException(reply.Value<string>()),
                _ => reply,
            };
        }
        catch (Exception broken) when (broken is not (InputException or ComputeProcessException))
        {
            Dispose();
            throw;
        }

        Message Exchange(Func<Message> exchange)
        {
            try
            {
                return exchange();
            }
            catch (Exception broken) when (broken is IOException or ObjectDisposedException)
            {
                var code = ExitCode();
                cancellationToken.ThrowIfCancellationRequested();
                throw new ComputeProcessException($"The process that computes ended {code}.");
            }
        }
    }

    public void Dispose()
    {
        _ = Used;
        End();
        _process.Dispose();
    }

    private void End()
    {
        IsAlive = false;
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    private ProcessorSeconds? ReadUsed()
    {
        try
        {
            return new(_process.UserProcessorTime.TotalSeconds, _process.PrivilegedProcessorTime.TotalSeconds);
        }
        catch (Exception ended) when (ended is InvalidOperationException or Win32Exception or IOException)
        {
            return null;
        }
    }

    private string ExitCode()
    {
        const int signalled = 128;
        if (!_process.WaitForExit(Patience))
            End();
        IsAlive = false;
        return !_process.HasExited ? "its answers"
            : _process.ExitCode > signalled ? $"by signal {_process.ExitCode - signalled}"
            : $"with exit code {_process.ExitCode}";
    }
}
