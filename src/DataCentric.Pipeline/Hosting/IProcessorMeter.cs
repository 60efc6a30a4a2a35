namespace DataCentric.Pipeline.Hosting;

/// <summary>Tells what a run costs. A host whose processes serve one run alone adds one to its services; where there is none, only wall time is recorded.</summary>
public interface IProcessorMeter
{
    /// <summary>Processor time that the run's processes, those that train and attack included, have used so far. May be asked from any thread.</summary>
    ProcessorSeconds Used { get; }
}
