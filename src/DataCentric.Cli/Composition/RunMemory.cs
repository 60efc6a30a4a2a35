using System.Diagnostics;
using DataCentric.Adversarial.Isolation;

namespace DataCentric.Cli.Composition;

/// <summary>How much memory a run needs, from what a few images took on this machine.</summary>
/// <param name="Parent">Bytes of the process that reads and writes.</param>
/// <param name="Shard">Bytes that it holds for each activity.</param>
/// <param name="Trainer">Bytes of a process that trains, which reads its images from a file; 0 where nothing is trained.</param>
/// <param name="Attacker">Bytes of a process that attacks or classifies; 0 where none does.</param>
/// <param name="Trainings">Networks that are trained.</param>
internal sealed record RunMemory(long Parent, long Shard, long Trainer, long Attacker, int Trainings)
{
    /// <summary>Bytes with so many workers: a process stays with its worker, and what it has taken once it keeps.</summary>
    /// <param name="workers">Most activities at once.</param>
    public long With(int workers)
    {
        var trainers = Math.Min(workers, Trainings);
        return Parent + (workers * Shard) + (trainers * Math.Max(Trainer, Attacker)) + ((workers - trainers) * Attacker);
    }

    /// <summary>The most workers that memory is enough for, at least one.</summary>
    /// <param name="wanted">Most that are wanted.</param>
    /// <param name="bytes">Memory that there is.</param>
    public int MostWorkers(int wanted, long bytes) => Enumerable.Range(1, wanted).Reverse().FirstOrDefault(workers => With(workers) <= bytes, 1);

    /// <summary>Measures a step or two of training and of attack.</summary>
    /// <param name="job">What is to be done.</param>
    /// <param name="adversary">Trains and attacks.</param>
    /// <param name="cancellationToken">Stops the measuring.</param>
    public static RunMemory Of(EnhancementJob job, IsolatedAdversary adversary, CancellationToken cancellationToken)
    {
        using var work = RunWork.Of(job, adversary, cancellationToken);
        if (work.Trains)
            work.Probe.TrainBriefly();
        var trainer = adversary.EndIdle();
        if (work.Computes)
            work.Probe.AttackBriefly();
        return Of(work, trainer, adversary.EndIdle());
    }

    /// <summary>What processes took that did the work.</summary>
    /// <param name="work">The work.</param>
    /// <param name="trainer">Most bytes of a process that trained.</param>
    /// <param name="attacker">Most bytes of a process that attacked.</param>
    public static RunMemory Of(RunWork work, long trainer, long attacker) => new(
        Process.GetCurrentProcess().PeakWorkingSet64,
        3L * work.Set.ShardSizeFor(work.Request) * work.Set.Shape.ByteLength, // clean, changed, and what is written of them
        trainer,
        attacker,
        work.Trains ? work.Request.EnsembleSize : 0);
}
