using DataCentric.Attacks;

namespace DataCentric.Pipeline.Activities;

/// <summary>Tells what computes on this worker. Its answer is the proof that the worker is there.</summary>
/// <param name="adversary">Attacks here.</param>
public sealed class FindAttackWorkerActivity(IAdversary adversary) : IActivity<AttackWorkerQuery, AttackWorker>
{
    /// <inheritdoc/>
    public Task<AttackWorker> RunAsync(AttackWorkerQuery input, CancellationToken cancellationToken) =>
        Task.FromResult(new AttackWorker(adversary.Device, adversary.Architectures));
}
