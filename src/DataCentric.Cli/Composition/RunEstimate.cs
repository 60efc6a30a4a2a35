using DataCentric.Adversarial.Isolation;

namespace DataCentric.Cli.Composition;

/// <summary>What a run would do, how long it takes and how much memory it needs, from measuring a few images on this machine.</summary>
/// <param name="RunId">Identifier of the run.</param>
/// <param name="Count">Samples.</param>
/// <param name="Clean">Samples that stay clean.</param>
/// <param name="Adversarial">Samples that are attacked.</param>
/// <param name="Corrupted">Samples that are corrupted.</param>
/// <param name="Kinds">Samples of each kind of corruption; empty where the surrogates choose.</param>
/// <param name="SurrogateEpochs">Epochs that the surrogates are trained for; 0 where they are not.</param>
/// <param name="SurrogateSeconds">Training surrogates.</param>
/// <param name="SelectionSeconds">Scoring images to select by; 0 where chance selects.</param>
/// <param name="AttackSeconds">Attacking.</param>
/// <param name="CorruptionSeconds">Corrupting.</param>
/// <param name="ScoreSeconds">Training networks to score the set by; 0 where it is not scored.</param>
/// <param name="ProcessorSeconds">All of this on one processor, without reading and writing.</param>
/// <param name="Workers">Activities at once: as many as are wanted, or as memory is enough for.</param>
/// <param name="MemoryMegabytes">Memory of the process and of those that train and attack for it, together, in millions of bytes.</param>
internal sealed record RunEstimate(
    string RunId,
    int Count,
    int Clean,
    int Adversarial,
    int Corrupted,
    IReadOnlyDictionary<string, int> Kinds,
    int SurrogateEpochs,
    double SurrogateSeconds,
    double SelectionSeconds,
    double AttackSeconds,
    double CorruptionSeconds,
    double ScoreSeconds,
    double ProcessorSeconds,
    int Workers,
    long MemoryMegabytes)
{
    /// <summary>Measures on a few images, and scales to all.</summary>
    /// <param name="work">What is to be done.</param>
    /// <param name="adversary">Trains and attacks.</param>
    /// <param name="wanted">Most activities at once that are wanted.</param>
    /// <param name="memory">Memory that may be used, in bytes.</param>
    public static RunEstimate Of(RunWork work, IsolatedAdversary adversary, int wanted, long memory)
    {
        var (request, plan, probe, count) = (work.Request, work.Plan, work.Probe, work.Set.Count);
        var (adversarial, corrupted) = (plan.CountOf(SampleRole.Adversarial), plan.CountOf(SampleRole.Corrupted));

        var training = work.Trains ? probe.TrainSurrogates(work.TrainedOn) : 0;
        var scored = request.Score is { } score ? 2 * score.Seeds.Count * probe.TrainScored(score, count) : 0;
        var trainer = adversary.EndIdle();
        var attack = adversarial > 0 ? probe.Attack(adversarial) : 0;
        var selection = request.AsksSurrogates ? probe.Select(count) : 0;
        var corruption = probe.Corrupt(corrupted);
        var need = RunMemory.Of(work, trainer, adversary.EndIdle());

        var workers = need.MostWorkers(wanted, memory);
        var parallel = Math.Min(workers, Environment.ProcessorCount);
        return new RunEstimate(
            request.RunId,
            count,
            plan.CountOf(SampleRole.Clean),
            adversarial,
            corrupted,
            work.Kinds,
            work.Trains ? request.Surrogates.EpochsFor(work.TrainedOn) : 0,
            training / Math.Min(parallel, request.EnsembleSize), // a network is trained by one worker
            selection / parallel,
            attack / parallel,
            corruption / parallel,
            scored / parallel,
            training + selection + attack + corruption + scored,
            workers,
            need.With(workers) / 1_000_000);
    }
}
