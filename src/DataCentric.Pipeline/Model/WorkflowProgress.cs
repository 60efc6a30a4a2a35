namespace DataCentric.Pipeline.Model;

/// <summary>Where a run stands.</summary>
/// <param name="Phase">Stage of the workflow.</param>
/// <param name="Done">Shards (or surrogates) finished in this stage.</param>
/// <param name="Failed">Those that failed for good.</param>
/// <param name="Total">All of this stage.</param>
/// <param name="ImagesDone">Images finished in this stage.</param>
/// <param name="ImagesTotal">All images of this stage.</param>
/// <param name="WorkDone">Work finished, in the units in which this stage's activities report: epochs, or image-iterations of the attack.</param>
/// <param name="WorkTotal">All work of this stage; the rest of it tells the time left.</param>
public sealed record WorkflowProgress(
    WorkflowPhase Phase, int Done, int Failed, int Total, int ImagesDone = 0, int ImagesTotal = 0, double WorkDone = 0, double WorkTotal = 0);

/// <summary>Stages of the workflow, in order.</summary>
public enum WorkflowPhase
{
    /// <summary>Reads and checks the data set.</summary>
    Ingest,

    /// <summary>Decides who becomes what.</summary>
    Plan,

    /// <summary>Loads or trains the ensemble.</summary>
    Surrogates,

    /// <summary>Scores samples by the ensemble, for a selection that is not random; the plan comes after it then.</summary>
    Scores,

    /// <summary>Keeps, attacks and corrupts, shard by shard.</summary>
    Shards,

    /// <summary>Puts the shards together.</summary>
    Assemble,

    /// <summary>Reads the result again.</summary>
    Verify,

    /// <summary>Writes picture and run record.</summary>
    Publish,

    /// <summary>Writes further formats.</summary>
    Export,

    /// <summary>Trains networks on the raw and on the enhanced set and tests them.</summary>
    Robustness,

    /// <summary>All done.</summary>
    Done,
}

/// <summary>Words for the stages.</summary>
public static class WorkflowPhases
{
    /// <summary>What goes on in a stage.</summary>
    /// <param name="phase">The stage.</param>
    public static string TitleOf(WorkflowPhase phase) => phase switch
    {
        WorkflowPhase.Ingest => "Reading the data set",
        WorkflowPhase.Plan => "Planning",
        WorkflowPhase.Surrogates => "Training surrogates",
        WorkflowPhase.Scores => "Scoring images",
        WorkflowPhase.Shards => "Attacking and corrupting",
        WorkflowPhase.Assemble => "Assembling",
        WorkflowPhase.Verify => "Verifying what was stored",
        WorkflowPhase.Publish => "Publishing",
        WorkflowPhase.Export => "Writing further formats",
        WorkflowPhase.Robustness => "Training and scoring networks",
        _ => "Done",
    };

    /// <summary>What the parts of a stage are.</summary>
    /// <param name="phase">The stage.</param>
    public static string PartsOf(WorkflowPhase phase) => phase is WorkflowPhase.Surrogates or WorkflowPhase.Robustness ? "networks" : "shards";
}

/// <summary>How long a stage took.</summary>
/// <param name="Phase">The stage.</param>
/// <param name="Seconds">Wall-clock seconds.</param>
public sealed record StageTiming(WorkflowPhase Phase, double Seconds)
{
    /// <summary>Processor time of all processes of the run meanwhile; null where nobody counted, as in the cloud, where processes serve several runs.</summary>
    public ProcessorSeconds? ProcessorSeconds { get; init; }
}
