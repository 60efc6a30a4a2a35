namespace DataCentric.Pipeline.Model;

/// <summary>Result of a run.</summary>
/// <param name="RunId">Identifier of the run.</param>
/// <param name="Location">Where the result lies.</param>
/// <param name="Count">Samples in the enhanced set.</param>
/// <param name="Plan">How many of each role.</param>
/// <param name="Attack">What the attack did; null where nothing was attacked.</param>
/// <param name="License">Terms of the data: an SPDX identifier, an address, another name, or <c>unknown</c>.</param>
/// <param name="Score">What the score came to, or why it failed; null where none was asked for.</param>
/// <param name="FailedShards">Shards that failed for good, whose samples are clean; null where none did.</param>
public sealed record EnhancementSummary(
    string RunId,
    string Location,
    int Count,
    PlanSummary Plan,
    AttackSummary? Attack,
    string License = DataLicense.UnknownId,
    ScoreSummary? Score = null,
    IReadOnlyList<FailedShard>? FailedShards = null);

/// <summary>What the attack did on average.</summary>
/// <param name="SurrogateAccuracyBefore">Share of attacked samples that the ensemble classified right when clean, 0 to 1.</param>
/// <param name="SurrogateAccuracyAfter">The same after the attack.</param>
/// <param name="HeldOutAccuracyBefore">The same for the held-out network when clean; null where none was given.</param>
/// <param name="HeldOutAccuracyAfter">The same after the attack.</param>
/// <param name="MeanL2">Mean l2 norm of the stored perturbations, in levels of 0..255.</param>
/// <param name="MeanLinf">Mean l-infinity norm of the stored perturbations, in levels.</param>
public sealed record AttackSummary(
    double SurrogateAccuracyBefore, double SurrogateAccuracyAfter, double? HeldOutAccuracyBefore, double? HeldOutAccuracyAfter, double MeanL2, double MeanLinf);

/// <summary>What a score came to, or why there is none.</summary>
/// <param name="Raw">R of networks trained on the raw set, 0 to 100 %, mean over architectures and seeds; null where there is no score.</param>
/// <param name="Enhanced">The same of the enhanced set.</param>
/// <param name="Problem">Why the set could not be scored; null where it was.</param>
public sealed record ScoreSummary(double? Raw, double? Enhanced, string? Problem = null);
