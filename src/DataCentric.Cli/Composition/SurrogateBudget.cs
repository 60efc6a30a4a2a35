namespace DataCentric.Cli.Composition;

/// <summary>How long the ensemble may be trained: a time in place of a number of epochs.</summary>
/// <param name="Minutes">The time, by the clock.</param>
/// <param name="Workers">Networks that are trained at once.</param>
/// <param name="Adversary">Trains.</param>
internal sealed record SurrogateBudget(double Minutes, int Workers, IAdversary Adversary)
{
    private const int MostEpochs = 200; // those of the competition's preset; longer is no better

    /// <summary>The epochs that fit into the time on this machine now, from timing single steps: 1 to 200.</summary>
    /// <param name="job">The job, with its data set.</param>
    /// <param name="cancellationToken">Stops the measuring.</param>
    public int Epochs(EnhancementJob job, CancellationToken cancellationToken)
    {
        using var work = RunWork.Of(job, Adversary, cancellationToken);
        var together = Math.Min(Math.Min(Workers, Environment.ProcessorCount), work.Request.EnsembleSize);
        var epochs = work.Probe.EpochsWithin(Minutes * 60 * together, work.TrainedOn);
        return (int)Math.Clamp(epochs, 1, MostEpochs);
    }
}
