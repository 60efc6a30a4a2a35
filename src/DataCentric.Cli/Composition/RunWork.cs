using DataCentric.Imaging.Formats;

namespace DataCentric.Cli.Composition;

/// <summary>How much a job is, and a few of its images to measure it with.</summary>
internal sealed class RunWork : IDisposable
{
    private readonly IImageReader _reader;
    private readonly Lazy<RunProbe> _probe;
    private readonly Lazy<Dictionary<string, int>> _kinds;

    private RunWork(IImageReader reader, EnhancementJob job, IAdversary adversary, CancellationToken cancellationToken)
    {
        var request = job.Request;
        (_reader, Request) = (reader, request);
        var info = reader.Info;
        Set = new IngestedSet("", Math.Min(request.Limit ?? info.Count, info.Count), info.Shape, info.Classes.Count, info.HasSoftLabels);
        var keys = Planner.Select(request.Seed, info.Count, request.Limit).Select(index => (ulong)index).ToArray();
        Plan = Planner.Plan(request.Seed, request.Split, request.Corruptions, keys);
        Trains = Computes && job.SurrogateFiles is null;
        TrainedOn = request.Surrogates.ImagesOf(Set.Count, Set.SoftClasses);
        _kinds = new(CountKinds);
        _probe = new(() => new RunProbe(job, adversary, FirstImages(), info.Classes.Count, cancellationToken));
    }

    /// <summary>What is asked for.</summary>
    public EnhancementRequest Request { get; }

    /// <summary>The set, without its hash.</summary>
    public IngestedSet Set { get; }

    /// <summary>Who becomes what where chance chooses.</summary>
    public EnhancementPlan Plan { get; }

    /// <summary>Samples of each kind of corruption; empty where the surrogates choose.</summary>
    public IReadOnlyDictionary<string, int> Kinds => _kinds.Value;

    /// <summary>Whether surrogates attack or choose.</summary>
    public bool Computes => Plan.CountOf(SampleRole.Adversarial) > 0 || Request.AsksSurrogates;

    /// <summary>Whether they are trained.</summary>
    public bool Trains { get; }

    /// <summary>Images that each is trained on.</summary>
    public int TrainedOn { get; }

    /// <summary>Times and measures on so many images as a step of training or attack has: their memory is that of the run.</summary>
    /// <exception cref="InputException">One of them cannot be read.</exception>
    public RunProbe Probe => _probe.Value;

    /// <summary>Opens the job's data set.</summary>
    /// <param name="job">What is to be done.</param>
    /// <param name="adversary">Trains and attacks.</param>
    /// <param name="cancellationToken">Stops the measuring.</param>
    public static RunWork Of(EnhancementJob job, IAdversary adversary, CancellationToken cancellationToken)
    {
        var reader = job.Dataset!.OpenReader();
        try
        {
            return new RunWork(reader, job, adversary, cancellationToken);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public void Dispose() => _reader.Dispose();

    private Dictionary<string, int> CountKinds()
    {
        if (Request.Selection != SelectionRule.Random)
            return [];
        var kinds = Plan.Kinds.ToDictionary(kind => kind, _ => 0);
        for (var i = 0; i < Plan.Count; i++)
        {
            if (Plan.RoleOf(i) == SampleRole.Corrupted)
                kinds[Plan.Kinds[Plan.KindOf(i)]]++;
        }

        return kinds;
    }

    private Images.ImageSet FirstImages()
    {
        var batch = Math.Max(Request.Surrogates.BatchSize, Request.Attack.BatchSize);
        return _reader.ReadSelected(Enumerable.Range(0, Math.Min(batch, _reader.Info.Count)), "The batches are too large.");
    }
}
