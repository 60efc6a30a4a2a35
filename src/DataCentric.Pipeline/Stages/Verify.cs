using DataCentric.Pipeline.DataSets;

namespace DataCentric.Pipeline.Stages;

public static partial class ActivityNames
{
    /// <summary>Reads the stored result again and checks it against plan, records and clean images.</summary>
    public static readonly ActivityName<VerifyInput, VerificationReport> Verify = new("Verify");
}

/// <summary>Input of <see cref="ActivityNames.Verify"/>.</summary>
/// <param name="Request">The request.</param>
/// <param name="Set">The canonical set.</param>
/// <param name="Assembled">The enhanced set.</param>
public sealed record VerifyInput(EnhancementRequest Request, IngestedSet Set, AssembledSet Assembled) : StageInput(Request);

/// <summary>Reads the stored result again and checks it against its hashes, the manifest and the clean images.</summary>
/// <param name="stores">Where the run and the result lie.</param>
/// <param name="observer">Watches samples.</param>
internal sealed class VerifyActivity(PipelineStores stores, IActivityObserver observer) : IActivity<VerifyInput, VerificationReport>
{
    /// <exception cref="InvalidDataException">The stored result is not what was made.</exception>
    public async Task<VerificationReport> RunAsync(VerifyInput input, CancellationToken cancellationToken)
    {
        var (request, set) = (input.Request, input.Set);
        var canonical = new CanonicalSet(stores.Work, new RunLayout(request.RunId), set);
        var breaches = new BreachList();
        var samples = await new ResultVerifier(stores.Result(request), set, request, observer).VerifyAsync(
            input.Assembled.Files, (first, keys, token) => ReadCleanAsync(canonical, first, keys.Count, token), breaches, cancellationToken);
        var report = breaches.Report(samples);
        return report.BreachCount == 0
            ? report
            : throw new InvalidDataException($"The stored result is not what was made: {report.Breaches[0]} ({report.BreachCount} breaches in all).");
    }

    private static async Task<Images.ImageSet> ReadCleanAsync(CanonicalSet canonical, int first, int count, CancellationToken cancellationToken) =>
        (await canonical.ReadAsync([.. Enumerable.Range(first, count)], cancellationToken)).Images;
}
