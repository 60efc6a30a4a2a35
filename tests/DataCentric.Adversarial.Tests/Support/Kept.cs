using DataCentric.Attacks;

namespace DataCentric.Adversarial.Tests.Support;

/// <summary>A checkpoint in memory.</summary>
internal sealed class Kept : ITrainingCheckpoint
{
    /// <summary>The last state; null before the first.</summary>
    public byte[]? State { get; set; }

    public Stream? OpenRead() => State is null ? null : new MemoryStream(State);

    public void Write(Action<Stream> write)
    {
        using var file = new MemoryStream();
        write(file);
        State = file.ToArray();
    }
}
