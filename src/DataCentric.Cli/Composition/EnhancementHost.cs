using DataCentric.Adversarial.Isolation;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Documents.Live;
using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Training;
using DataCentric.Pipeline.Workflow;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DataCentric.Cli.Composition;

/// <summary>The composition of one <c>enhance</c> run: stores, services, progress.</summary>
internal sealed class EnhancementHost : IAsyncDisposable
{
    private readonly EnhancementJob _job;
    private readonly OutputFolder _output;
    private readonly PipelineStores _stores;
    private readonly ServiceProvider _services;
    private readonly RunMonitor _monitor = new(TimeProvider.System);
    private readonly int _workers;
    private readonly CancellationToken _stop;

    /// <summary>Composes a run.</summary>
    /// <param name="job">What is to be done.</param>
    /// <param name="output">Where the result goes.</param>
    /// <param name="adversary">Trains and attacks.</param>
    /// <param name="workers">Most activities at once.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public EnhancementHost(EnhancementJob job, OutputFolder output, IsolatedAdversary adversary, int workers, CancellationToken cancellationToken)
    {
        (_job, _output, _workers, _stop) = (job, output, workers, cancellationToken);
        _stores = OpenStores(job, output);
        _services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(new TerminalLoggerProvider(Messages.Alarms)))
            .AddSingleton(_stores)
            .AddSingleton<IDatasetLocator>(new JobLocator(job))
            .AddSingleton<IAdversary>(adversary)
            .AddSingleton<IActivityObserver>(_monitor)
            .AddSingleton<IProcessorMeter>(new RunMeter(adversary))
            .AddPipeline()
            .BuildServiceProvider();
    }

    /// <summary>Runs the workflow, showing its progress, and brings the result into the output folder.</summary>
    /// <exception cref="InputException">Another process works on the run.</exception>
    /// <exception cref="StoreException">Another process took the run over while the storage did not answer this one.</exception>
    public async Task<EnhancementSummary> RunAsync()
    {
        await using var runLock = await StoreLock.OfRunAsync(_stores.Work, _job.Request.RunId, TimeProvider.System, SayThatItWaits, _stop);
        return _job.Storage is null
            ? await runLock.HoldAsync(RunLockedAsync, _stop)
            : await runLock.HoldAsync(token => OutputPlace.AddAsync(_stores.Result(_job.Request), RunLockedAsync, token), _stop);
    }

    /// <summary>Where the run stands, for the live page.</summary>
    public LiveState LiveState()
    {
        var snapshot = _monitor.Snapshot();
        var status = RunStatus.Of(snapshot.Workflow) with { Percent = (int)(100 * Math.Clamp(snapshot.Fraction, 0, 1)) };
        return new LiveState($"{Path.GetFileName(_job.Request.Dataset)}, enhanced", status, snapshot.ImagesPerSecond, snapshot.Left, snapshot.Items);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task<EnhancementSummary> RunLockedAsync(CancellationToken cancellationToken)
    {
        if (_job is { HeldOutFile: { } file, Request.HeldOut: { } name })
            await ModelImport.StoreAsync(_stores.Models, name, file, cancellationToken);
        foreach (var (model, source) in _job.NamedFiles)
            await ModelImport.StoreAsync(_stores.Models, model, source, cancellationToken);
        var context = new InProcessContext(_services, TimeProvider.System, _monitor, _workers, cancellationToken);
        var view = new ProgressView(_monitor, Messages.Terminal, TimeProvider.System);
        var summary = await view.WatchAsync(EnhancementWorkflow.RunAsync(context, _job.Request));
        if (_job.Storage is not null)
            await ResultCopy.CopyAsync(_stores.Result(_job.Request), new FolderStore(_output.Path), cancellationToken);
        return summary;
    }

    private void SayThatItWaits(TimeSpan longest) => Messages.Hint(
        $"Run {_job.Request.RunId} is locked by another process; if that one is dead, its lock ends within {longest.TotalSeconds:F0} s. Waiting.");

    private static PipelineStores OpenStores(EnhancementJob job, OutputFolder output)
    {
        var work = DataStores.Open(job.Storage ?? output.Hidden);
        var models = job.Surrogates is null ? work : DataStores.Open(job.Surrogates);
        return job.Storage is null
            ? new PipelineStores(work, models, _ => new FolderStore(output.Path))
            : PipelineStores.Within(work, models);
    }
}
