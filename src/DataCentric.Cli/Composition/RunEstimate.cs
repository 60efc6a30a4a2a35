using System.Diagnostics;
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
/// <param name="MemoryMegabytes">Memory of the process and of those that train and attack for it, together.</param>
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
    long MemoryMegabytes)
{
    /// <summary>Measures.</summary>
    /// <param name="job">What is to be done.</param>
    /// <param name="adversary">Trains and attacks.</param>
    /// <param name="workers">Most activities at once.</param>
    /// <param name="cancellationToken">Stops the measuring.</param>
    public static RunEstimate Of(EnhancementJob job, IsolatedAdversary adversary, int workers, CancellationToken cancellationToken)
    {
        var request = job.Request;
        using var reader = job.Dataset!.OpenReader();
        var info = reader.Info;
        var count = Math.Min(request.Limit ?? info.Count, info.Count);
        var keys = Planner.Select(request.Seed, info.Count, request.Limit).Select(index => (ulong)index).ToArray();
        var plan = Planner.Plan(request.Seed, request.Split, request.Corruptions, keys);
        var (adversarial, corrupted) = (plan.CountOf(SampleRole.Adversarial), plan.CountOf(SampleRole.Corrupted));
        var probe = RunProbe.Of(job, adversary, reader, cancellationToken);

        var (asks, attacks) = (request.AsksSurrogates, adversarial > 0);
        var trains = (attacks || asks) && job.SurrogateFiles is null;
        var trained = request.Surrogates.ImagesOf(count, info.Shape, info.HasSoftLabels ? info.Classes.Count : 0);
        var training = trains ? probe.TrainSurrogates(trained) : 0;
        var scored = request.Score is { } score ? 2 * score.Seeds.Count * probe.TrainOthers(score.Architectures.Select(name => (score.OptionsFor(name), (byte[]?)null)), count) : 0;
        var trainingBytes = adversary.EndIdle();
        var attack = attacks ? probe.Attack(adversarial) : 0;
        var selection = asks ? probe.Select(count) : 0;
        var attackBytes = adversary.EndIdle();

        var trainers = trains ? Math.Min(workers, request.EnsembleSize) : 0;
        var setBytes = (long)trained * info.Shape.ByteLength; // the parent's copy, and that of each process that trains
        var shardBytes = 4L * workers * request.ShardSize * info.Shape.ByteLength;
        var computing = Enumerable.Range(0, workers).Sum(worker => worker < trainers ? Math.Max(trainingBytes + setBytes, attackBytes) : attackBytes);
        var parallel = Math.Min(workers, Environment.ProcessorCount);
        return new RunEstimate(
            request.RunId,
            count,
            plan.CountOf(SampleRole.Clean),
            adversarial,
            corrupted,
            request.Selection == SelectionRule.Random ? KindCounts(plan) : new Dictionary<string, int>(),
            trains ? request.Surrogates.EpochsFor(trained) : 0,
            training / Math.Min(parallel, request.EnsembleSize), // a network is trained by one worker
            selection / parallel,
            attack / parallel,
            probe.Corrupt(corrupted) / parallel,
            scored / parallel,
            (Process.GetCurrentProcess().PeakWorkingSet64 + (trainers > 0 ? setBytes : 0) + shardBytes + computing) >> 20);
    }

    private static Dictionary<string, int> KindCounts(EnhancementPlan plan) => plan.Kinds
        .Select((kind, number) => (kind, samples: Enumerable.Range(0, plan.Count).Count(i => plan.RoleOf(i) == SampleRole.Corrupted && plan.KindOf(i) == number)))
        .ToDictionary(pair => pair.kind, pair => pair.samples);
}
