using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace DataCentric.Adversarial.Runtime;

/// <summary>
/// Runs torch's work on threads of its own, as many as there are callers at one time, the last one used first. glibc keeps what a
/// thread has freed for that thread (and <see cref="NativeMemory"/> sees to it that it is not given back): on the thread pool, where
/// work wanders, a process grows by an ensemble's memory with each thread that ever attacked.
/// </summary>
internal static class TorchThreads
{
    private static readonly ConcurrentStack<Worker> Idle = new();

    [ThreadStatic]
    private static bool _isOwn;

    /// <summary>Runs work and waits for it.</summary>
    /// <param name="work">Computes with one torch thread. What it throws, this throws.</param>
    public static T Run<T>(Func<T> work)
    {
        if (_isOwn)
            return work();
        if (!Idle.TryPop(out var worker))
            worker = new();
        try
        {
            return worker.Run(work);
        }
        finally
        {
            Idle.Push(worker);
        }
    }

    private sealed class Worker
    {
        private readonly object _gate = new();
        private Action? _work;

        public Worker() => new Thread(Serve) { IsBackground = true, Name = "torch" }.Start();

        public T Run<T>(Func<T> work)
        {
            var (result, error) = (default(T), default(ExceptionDispatchInfo));
            lock (_gate)
            {
                _work = () =>
                {
                    try
                    {
                        TorchRuntime.Prepare();
                        result = work();
                    }
                    catch (Exception exception)
                    {
                        error = ExceptionDispatchInfo.Capture(exception);
                    }
                };
                Monitor.PulseAll(_gate);
                while (_work is not null)
                    Monitor.Wait(_gate);
            }

            error?.Throw();
            return result!;
        }

        private void Serve()
        {
            _isOwn = true;
            lock (_gate)
            {
                while (true)
                {
                    while (_work is null)
                        Monitor.Wait(_gate);
                    _work();
                    _work = null;
                    Monitor.PulseAll(_gate);
                }
            }
        }
    }
}
