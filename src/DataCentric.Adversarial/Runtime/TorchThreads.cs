using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using TorchSharp;

namespace DataCentric.Adversarial.Runtime;

/// <summary>
/// Runs torch's work on threads of its own, as many as there are callers at one time, the last one used first. glibc keeps what a
/// thread has freed for that thread (and <see cref="NativeMemory"/> sees to it that it is not given back): on the thread pool, where
/// work wanders, a process grows by an ensemble's memory with each thread that ever attacked.
/// <para>
/// All work runs in a dispose scope. TorchSharp 0.107 keeps no tensor alive while libtorch computes with it: one that nothing refers to
/// any more (<c>x.cpu()</c> in <c>x.cpu().contiguous()</c>) is free for the finalizer as soon as its handle was read, and the finalizer
/// frees the native memory that libtorch still reads. A scope refers to every tensor made on its thread, those that TorchSharp makes
/// inside of its own methods too. What is to outlive the work is detached from the scope and kept in a field.
/// </para>
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
                        using var scope = torch.NewDisposeScope();
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
