using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation;
using DataCentric.Pipeline.Evaluation.TestSets;

namespace DataCentric.Pipeline.Stages;

public static partial class ActivityNames
{
    /// <summary>Checks the test sets that a run is to be scored on against its raw set.</summary>
    public static readonly ActivityName<TestSetsInput, TestSetSummary> CheckTestSets = new("CheckTestSets");
}

/// <summary>Input of <see cref="ActivityNames.CheckTestSets"/>.</summary>
/// <param name="Request">The request; it is to be scored.</param>
/// <param name="Set">The canonical set.</param>
public sealed record TestSetsInput(EnhancementRequest Request, IngestedSet Set) : StageInput(Request);

/// <summary>Reads the test sets that a run is to be scored on, and checks them against the raw set, before anything expensive is done.</summary>
/// <param name="stores">Where the run lies.</param>
/// <param name="locator">Finds the test sets.</param>
internal sealed class CheckTestSetsActivity(PipelineStores stores, IDatasetLocator locator) : IActivity<TestSetsInput, TestSetSummary>
{
    /// <exception cref="InputException">There are no whole test sets, their shape or classes are others, or their images leak.</exception>
    public async Task<TestSetSummary> RunAsync(TestSetsInput input, CancellationToken cancellationToken)
    {
        var test = await TestSet.ReadAsync(locator, input.Request.Score!.Test, cancellationToken);
        var raw = await new RunVariants(stores, input.Request, input.Set).ReadRawAsync(cancellationToken);
        ScoreChecks.RequireFit(test, raw, cancellationToken);
        return test.Record.ToSummary();
    }
}
