using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Model;

namespace DataCentric.Pipeline.Tests.Runs;

/// <summary>Nobody watches.</summary>
internal sealed class Unwatched : IWorkflowObserver
{
    public void Report(WorkflowProgress progress)
    {
    }
}
