namespace DataCentric.Pipeline.Stages;

public static partial class ActivityNames
{
    /// <summary>Answers at once: a worker that can attack is there.</summary>
    public static readonly ActivityName<AttackWorkerQuery, AttackWorker> FindAttackWorker = new("FindAttackWorker");
}

/// <summary>Input of <see cref="ActivityNames.FindAttackWorker"/>.</summary>
/// <param name="RunId">The run that wants to know.</param>
public sealed record AttackWorkerQuery(string RunId);

/// <summary>A worker that can attack.</summary>
/// <param name="Device">What computes there: library, device, threads.</param>
/// <param name="Architectures">Names of the networks it can train; null where it does not say.</param>
public sealed record AttackWorker(string Device, IReadOnlyCollection<string>? Architectures = null);

/// <summary>Tells what computes on this worker. Its answer is the proof that the worker is there.</summary>
/// <param name="adversary">Attacks here.</param>
internal sealed class FindAttackWorkerActivity(IAdversary adversary) : IActivity<AttackWorkerQuery, AttackWorker>
{
    public Task<AttackWorker> RunAsync(AttackWorkerQuery input, CancellationToken cancellationToken) =>
        Task.FromResult(new AttackWorker(adversary.Device, adversary.Architectures));
}
