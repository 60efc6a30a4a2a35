namespace DataCentric.Cli.Terminal;

/// <summary>A line for each epoch of one training: loss, accuracy, images a second and the time left, from the epochs seen so far.</summary>
/// <param name="terminal">Where.</param>
/// <param name="images">Images in an epoch.</param>
/// <param name="time">Clock.</param>
internal sealed class EpochLines(IAnsiConsole terminal, int images, TimeProvider time) : IProgress<TrainingProgress>
{
    private readonly long _start = time.GetTimestamp();
    private int _seen;

    public void Report(TrainingProgress value)
    {
        var each = time.GetElapsedTime(_start) / ++_seen;
        terminal.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{value.Architecture} epoch {value.Epoch}/{value.Epochs}: loss {value.Loss:F3}, accuracy {100 * value.Accuracy:F1} %, {images / each.TotalSeconds:F0} images/s, {each * (value.Epochs - value.Epoch):h\\:mm\\:ss} left"));
    }
}
