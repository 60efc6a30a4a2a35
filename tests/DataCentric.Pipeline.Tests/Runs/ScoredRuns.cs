using DataCentric.Attacks;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Evaluation;
using DataCentric.Pipeline.Tests.Faults;
using DataCentric.Pipeline.Tests.Storage;
using DataCentric.Pipeline.Workflow;
using Microsoft.Extensions.DependencyInjection;

namespace DataCentric.Pipeline.Tests.Runs;

/// <summary>Runs that are scored at their end, with the real stores and a stand-in for torch.</summary>
public abstract class ScoredRuns : IDisposable
{
    protected static readonly CancellationToken None = CancellationToken.None;

    protected ScoredRuns()
    {
        Raw = ScoringData.Write(Folder["raw"], ScoringData.Make(40, 1));
        ScoringData.Write(Folder["test"], ScoringData.Make(100, 2));
    }

    private protected TemporaryFolder Folder { get; } = new();

    protected string Raw { get; }

    protected EnhancementRequest Request => new()
    {
        RunId = "run",
        Dataset = Raw,
        Split = new Split(1, 1, 2),
        Attack = AttackProfiles.Compact.Attack with { BatchSize = 8, L2Epsilon = 3 }, // The stand-in moves images far.
        Surrogates = new SurrogateOptions { Architectures = ["one"], Epochs = 1 },
        Score = new ScoringRequest { Test = Folder["p"], Architectures = ["one", "two"], Seeds = [1, 2], Epochs = 1 },
    };

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected FolderStore Result() => new(Folder["result"]);

    protected async Task MakeTestSetsAsync(IReadOnlyList<string>? attackers = null, ulong seed = 0)
    {
        var options = new TestSetOptions { Seed = seed, Attackers = new() { Architectures = ["two"] }, RawNetwork = "two" };
        await new TestSetBuilder(new FolderStore(Folder["p"]), new LocalDatasetLocator(), new FakeTrainer(), new NullActivityObserver())
            .MakeAsync(new(Folder["test"], [Raw], options) { Attackers = attackers ?? [] }, 2, None);
    }

    private protected async Task<EnhancementSummary> RunAsync(EnhancementRequest request, FakeTrainer? adversary = null, string output = "result", int workers = 2)
    {
        var work = new FolderStore(Folder[output == "result" ? "work" : output + "-work"]);
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(new PipelineStores(work, work, _ => new FolderStore(Folder[output])))
            .AddSingleton<IDatasetLocator, LocalDatasetLocator>()
            .AddSingleton<IAdversary>(adversary ?? new FakeTrainer())
            .AddPipeline()
            .BuildServiceProvider();
        return await EnhancementWorkflow.RunAsync(new InProcessContext(services, new JumpingTime(), new Unwatched(), workers, None), request);
    }
}
