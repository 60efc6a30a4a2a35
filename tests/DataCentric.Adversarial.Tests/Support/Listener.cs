namespace DataCentric.Adversarial.Tests.Support;

/// <summary>Progress told on the thread that reports it, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class Listener<T>(Action<T> told) : IProgress<T>
{
    public void Report(T value) => told(value);
}
