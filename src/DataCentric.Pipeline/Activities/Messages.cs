using DataCentric.Images;
using DataCentric.Pipeline.Planning;
using DataCentric.Pipeline.Provenance.Licenses;
using DataCentric.Pipeline.Requests;
using DataCentric.Pipeline.Selection;
using DataCentric.Pipeline.Workflow;

namespace DataCentric.Pipeline.Activities;

/// <summary>The canonical set, as a reference.</summary>
/// <param name="InputHash">SHA-256 over names, lengths and bytes of the source files, lower-case hex.</param>
/// <param name="Count">Samples taken.</param>
/// <param name="Shape">Shape of every image.</param>
/// <param name="ClassCount">Number of classes.</param>
/// <param name="HasSoftLabels">Whether labels are class probabilities.</param>
public sealed record IngestedSet(string InputHash, int Count, ImageShape Shape, int ClassCount, bool HasSoftLabels);

/// <summary>Output of <see cref="ActivityNames.FindFinished"/>.</summary>
/// <param name="Summary">The finished run; null where there is none.</param>
public sealed record FinishedRun(EnhancementSummary? Summary);

/// <summary>Input of <see cref="ActivityNames.Plan"/>.</summary>
/// <param name="Request">The request.</param>
/// <param name="Set">The canonical set.</param>
/// <param name="Scored">Shards that hold the scores of all samples, in set order; empty where the selection is random.</param>
public sealed record PlanInput(EnhancementRequest Request, IngestedSet Set, IReadOnlyList<ScoreShard> Scored);

/// <summary>How many samples have each role.</summary>
/// <param name="Clean">Kept.</param>
/// <param name="Adversarial">Attacked.</param>
/// <param name="Corrupted">Corrupted.</param>
public sealed record PlanSummary(int Clean, int Adversarial, int Corrupted);

/// <summary>Input of <see cref="ActivityNames.FindAttackWorker"/>.</summary>
/// <param name="RunId">The run that wants to know.</param>
public sealed record AttackWorkerQuery(string RunId);

/// <summary>A worker that can attack.</summary>
/// <param name="Device">What computes there: library, device, threads.</param>
/// <param name="Architectures">Names of the networks it can train; null where it does not say.</param>
public sealed record AttackWorker(string Device, IReadOnlyCollection<string>? Architectures = null);

/// <summary>Input of <see cref="ActivityNames.PrepareSurrogate"/>.</summary>
/// <param name="Request">The request.</param>
/// <param name="Set">The canonical set.</param>
/// <param name="Position">Place in the ensemble.</param>
public sealed record SurrogateInput(EnhancementRequest Request, IngestedSet Set, int Position)
{
    /// <summary>Registry name of the network to be trained; null where one was brought.</summary>
    public string? Architecture => Brought is null ? Request.Surrogates.Architectures[Position] : null;

    /// <summary>Name in the model store of the network that was brought; null where one is to be trained.</summary>
    public string? Brought => Request.SurrogateModels?[Position];

    /// <inheritdoc/>
    public override string ToString() => $"surrogate {Architecture ?? Brought}";
}

/// <summary>A network in the model store.</summary>
/// <param name="Architecture">Registry name.</param>
/// <param name="Name">Name of the model file in the model store.</param>
/// <param name="Sha256">Hash of the model file.</param>
/// <param name="Parameters">Trainable parameters.</param>
/// <param name="TrainingAccuracy">Share of augmented training images classified right in the last epoch, 0 to 1; null where the network was brought.</param>
public sealed record SurrogateModel(string Architecture, string Name, string Sha256, long Parameters, double? TrainingAccuracy);

/// <summary>Input of the three shard activities.</summary>
/// <param name="Request">The request.</param>
/// <param name="Set">The canonical set.</param>
/// <param name="Shard">Which samples.</param>
/// <param name="Surrogates">The ensemble; empty where nothing is attacked.</param>
public sealed record ShardInput(EnhancementRequest Request, IngestedSet Set, Shard Shard, IReadOnlyList<SurrogateModel> Surrogates)
{
    /// <inheritdoc/>
    public override string ToString() => $"shard {Shard.Name}";
}

/// <summary>A finished shard, of samples or of their scores.</summary>
/// <param name="Name">Name of the shard.</param>
/// <param name="Reused">Whether a valid result was there already.</param>
public sealed record ShardSummary(string Name, bool Reused);

/// <summary>Input of <see cref="ActivityNames.Assemble"/>.</summary>
/// <param name="Request">The request.</param>
/// <param name="Set">The canonical set.</param>
/// <param name="Plan">Counts of the plan.</param>
/// <param name="Surrogates">The ensemble.</param>
public sealed record FanInInput(EnhancementRequest Request, IngestedSet Set, PlanSummary Plan, IReadOnlyList<SurrogateModel> Surrogates);

/// <summary>A stored file.</summary>
/// <param name="Name">Name in its store.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Hash, lower-case hex.</param>
public sealed record StoredFile(string Name, long Length, string Sha256);

/// <summary>The enhanced set as it was written.</summary>
/// <param name="Files">Its files.</param>
public sealed record AssembledSet(IReadOnlyList<StoredFile> Files);

/// <summary>Input of <see cref="ActivityNames.Verify"/>.</summary>
/// <param name="FanIn">What was assembled.</param>
/// <param name="Assembled">What it became.</param>
public sealed record VerifyInput(FanInInput FanIn, AssembledSet Assembled);

/// <summary>Input of <see cref="ActivityNames.Publish"/>.</summary>
/// <param name="FanIn">What was assembled.</param>
/// <param name="Assembled">What it became.</param>
/// <param name="Timings">How long each stage before took.</param>
/// <param name="Device">What computed the attack.</param>
public sealed record PublishInput(FanInInput FanIn, AssembledSet Assembled, IReadOnlyList<StageTiming> Timings, string Device);

/// <summary>What a verification found.</summary>
/// <param name="Samples">Samples read.</param>
/// <param name="BreachCount">Number of breaches found.</param>
/// <param name="Breaches">The first of them, a sentence each that names file and sample.</param>
public sealed record VerificationReport(int Samples, int BreachCount, IReadOnlyList<string> Breaches);

/// <summary>Result of a run.</summary>
/// <param name="RunId">Identifier of the run.</param>
/// <param name="Location">Where the result lies.</param>
/// <param name="Count">Samples in the enhanced set.</param>
/// <param name="Plan">How many of each role.</param>
/// <param name="Attack">What the attack did; null where nothing was attacked.</param>
/// <param name="License">Terms of the data: an SPDX identifier, an address, another name, or <c>unknown</c>.</param>
/// <param name="Score">What the score came to, or why it failed; null where none was asked for.</param>
public sealed record EnhancementSummary(
    string RunId,
    string Location,
    int Count,
    PlanSummary Plan,
    AttackSummary? Attack,
    string License = DataLicense.UnknownId,
    ScoreSummary? Score = null);

/// <summary>What the attack did on average.</summary>
/// <param name="SurrogateAccuracyBefore">Share of attacked samples that the ensemble classified right when clean, 0 to 1.</param>
/// <param name="SurrogateAccuracyAfter">The same after the attack.</param>
/// <param name="HeldOutAccuracyBefore">The same for the held-out network when clean; null where none was given.</param>
/// <param name="HeldOutAccuracyAfter">The same after the attack.</param>
/// <param name="MeanL2">Mean l2 norm of the stored perturbations, in levels of 0..255.</param>
/// <param name="MeanLinf">Mean l-infinity norm of the stored perturbations, in levels.</param>
public sealed record AttackSummary(
    double SurrogateAccuracyBefore, double SurrogateAccuracyAfter, double? HeldOutAccuracyBefore, double? HeldOutAccuracyAfter, double MeanL2, double MeanLinf);
