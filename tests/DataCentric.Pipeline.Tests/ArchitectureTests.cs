using DataCentric.Pipeline.Workflow;

namespace DataCentric.Pipeline.Tests;

public class ArchitectureTests
{
    [Fact]
    public void No_two_namespaces_use_each_other() => Layers.ShouldBeHeld(
        typeof(EnhancementWorkflow).Assembly,
        "DataCentric.Pipeline",
        "DataCentric.Pipeline.Storage",
        "DataCentric.Pipeline.Model",
        "DataCentric.Pipeline.DataSets",
        "DataCentric.Pipeline.Training",
        "DataCentric.Pipeline.Selection",
        "DataCentric.Pipeline.Documents",
        "DataCentric.Pipeline.Documents.Pages",
        "DataCentric.Pipeline.Documents.Live",
        "DataCentric.Pipeline.Documents.Report",
        "DataCentric.Pipeline.Documents.Card",
        "DataCentric.Pipeline.Documents.Croissant",
        "DataCentric.Pipeline.Export",
        "DataCentric.Pipeline.Fetching",
        "DataCentric.Pipeline.Evaluation.TestSets",
        "DataCentric.Pipeline.Evaluation",
        "DataCentric.Pipeline.Results",
        "DataCentric.Pipeline.Stages",
        "DataCentric.Pipeline.Workflow",
        "DataCentric.Pipeline.Hosting",
        "DataCentric.Pipeline.Starts");
}
