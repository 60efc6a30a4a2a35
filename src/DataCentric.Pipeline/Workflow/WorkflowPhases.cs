namespace DataCentric.Pipeline.Workflow;

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
