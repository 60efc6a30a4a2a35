using DataCentric.Adversarial.Isolation;
using DataCentric.Pipeline.Hosting;

namespace DataCentric.Cli.Composition;

/// <summary>What a run costs here: this process and those that compute for it.</summary>
/// <param name="adversary">Starts the processes that train and attack.</param>
internal sealed class RunMeter(IsolatedAdversary adversary) : IProcessorMeter
{
    /// <inheritdoc/>
    public ProcessorSeconds Used => ProcessorSeconds.OfThisProcess + adversary.Used;
}
