namespace DataCentric.Attacks;

/// <summary>Where a training keeps its state from epoch to epoch, so that a stopped one goes on instead of beginning again.</summary>
public interface ITrainingCheckpoint
{
    /// <summary>Opens the state that was kept last.</summary>
    /// <returns>The state, which the caller disposes; null where there is none.</returns>
    Stream? OpenRead();

    /// <summary>Keeps a state in place of the one before, whole or not at all.</summary>
    /// <param name="write">Writes the bytes.</param>
    void Write(Action<Stream> write);
}
