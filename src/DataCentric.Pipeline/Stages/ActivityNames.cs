using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation.TestSets;

namespace DataCentric.Pipeline.Stages;

/// <summary>Names the activities are registered under, in every host.</summary>
public static class ActivityNames
{
    /// <summary>Looks for a finished result of the same run.</summary>
    public static readonly ActivityName<EnhancementRequest, FinishedRun> FindFinished = new("FindFinished");

    /// <summary>Any supported format to the canonical set.</summary>
    public static readonly ActivityName<EnhancementRequest, IngestedSet> Ingest = new("Ingest");

    /// <summary>Writes the plan.</summary>
    public static readonly ActivityName<PlanInput, PlanSummary> Plan = new("Plan");

    /// <summary>Answers at once: a worker that can attack is there.</summary>
    public static readonly ActivityName<AttackWorkerQuery, AttackWorker> FindAttackWorker = new("FindAttackWorker");

    /// <summary>Finds one surrogate in the model store, or trains it.</summary>
    public static readonly ActivityName<SurrogateInput, TrainedModel> PrepareSurrogate = new("PrepareSurrogate");

    /// <summary>Asks the surrogates how unsure they are of samples, for a selection that is not random.</summary>
    public static readonly ActivityName<ScoreInput, ShardSummary> ScoreShard = new("ScoreShard");

    /// <summary>Copies clean samples.</summary>
    public static readonly ActivityName<ShardInput, ShardSummary> KeepShard = new("KeepShard");

    /// <summary>Attacks samples.</summary>
    public static readonly ActivityName<ShardInput, ShardSummary> AttackShard = new("AttackShard");

    /// <summary>Corrupts samples.</summary>
    public static readonly ActivityName<ShardInput, ShardSummary> CorruptShard = new("CorruptShard");

    /// <summary>Puts the shards together in set order.</summary>
    public static readonly ActivityName<AssembleInput, AssembledSet> Assemble = new("Assemble");

    /// <summary>Reads the stored result again and checks it against plan, records and clean images.</summary>
    public static readonly ActivityName<VerifyInput, VerificationReport> Verify = new("Verify");

    /// <summary>Writes picture and run record, and clears what only the run needed.</summary>
    public static readonly ActivityName<PublishInput, EnhancementSummary> Publish = new("Publish");

    /// <summary>Writes the formats that a finished set does not have yet.</summary>
    public static readonly ActivityName<EnhancementRequest, EnhancementSummary> Export = new("Export");

    /// <summary>Checks the test sets that a run is to be scored on against its raw set.</summary>
    public static readonly ActivityName<TestSetsInput, TestSetSummary> CheckTestSets = new("CheckTestSets");

    /// <summary>Trains one network on the raw or on the enhanced set and tests it.</summary>
    public static readonly ActivityName<NetworkInput, ScoredNetwork> ScoreNetwork = new("ScoreNetwork");

    /// <summary>Gathers the scores of all networks and writes them beside the published set.</summary>
    public static readonly ActivityName<GatherInput, EnhancementSummary> Score = new("Score");
}
