using System.Security.Cryptography;
using System.Text;
using DataCentric.Adversarial;
using DataCentric.Attacks;
using DataCentric.Pipeline;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Starts;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Workflow;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DataCentric.Functions.Tests;

/// <summary>Whole runs: the apps' own functions on a durable engine, with torch, on Azurite.</summary>
public sealed class RealRunTests(AzuriteFixture azurite) : IDisposable
{
    private const string Body = """
        {
          "dataset": "fashion", "limit": 200, "architectures": ["vgg_compact", "mobilenet_compact"], "surrogateEpochs": 2, "iterations": 4,
          "attackBatch": 8, "shardSize": 16, "score": { "test": "p", "architectures": ["vgg_compact"], "epochs": 1 }
        }
        """;

    private static readonly CancellationToken None = CancellationToken.None;
    private readonly string _scratch = Directory.CreateTempSubdirectory("datacentric-functions-").FullName;

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    [Fact]
    public async Task Started_by_HTTP_or_upload_and_stopped_twice_the_bytes_are_those_of_the_in_process_host()
    {
        await using var services = Compose();
        await UploadSampleAsync(services);
        await MakeTestSetsAsync(services);
        var starter = new RunStarter(
            services.GetRequiredService<StoredDatasets>(), services.GetRequiredService<PipelineStores>().Models, new FanOutLimits { MaxInFlight = 2, MaxFanOut = 10, HasAttackWorkers = true });
        var input = (await starter.FromBodyAsync(new MemoryStream(Encoding.UTF8.GetBytes(Body)), None)).Input!;
        (await starter.FromUploadAsync("fashion.json", None))!.Input!.Request.RunId.ShouldBe(input.Request.RunId, "Both starts mean the same run.");

        for (var stop = 1; stop <= 2; stop++)
        {
            await using var stopped = await StartAsync(services);
            await stopped.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Orchestrators.EnhancementOrchestrator), input);
            await UntilShardsAsync(services, input, atLeast: 3 * stop);
        }

        await using var host = await StartAsync(services);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Orchestrators.EnhancementOrchestrator), input);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        var metadata = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, patience.Token);

        metadata.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed, metadata.FailureDetails?.ErrorMessage);
        var result = services.GetRequiredService<PipelineStores>().Result(input.Request);
        (await FingerprintAsync(result)).ShouldBe(await InProcessFingerprintAsync(input));
        var (report, _, _) = await (await EnhancedSet.OpenAsync(result, None)).VerifyAsync(null, new NullActivityObserver(), None);
        report.Breaches.ShouldBeEmpty();
        metadata.ReadOutputAs<RunOutput>()!.Summary.Score.ShouldNotBeNull().Problem.ShouldBeNull();
        (await result.ReadJsonAsync<ScoreRecord>(ResultFiles.Score, PipelineJson.Indented, None)).Networks.Select(network => network.Variant).ShouldBe(["raw", "enhanced"]);
        (await new RunReport(services.GetRequiredService<PipelineStores>()).OpenAsync(input.Request, ResultFiles.ContactSheet, None))
            .ShouldNotBeNull().ContentType.ShouldBe("image/png");
    }

    private ServiceProvider Compose() => new ServiceCollection()
        .AddLogging()
        .AddAccountStores(azurite.ConnectionString, _scratch)
        .AddDataActivities()
        .AddSingleton<IAdversary, TorchAdversary>()
        .AddAttackActivities()
        .BuildServiceProvider();

    private static async Task UploadSampleAsync(ServiceProvider services)
    {
        var datasets = services.GetRequiredService<StoredDatasets>().Store;
        foreach (var file in new[] { "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz" })
            await datasets.WriteAllBytesAsync($"fashion/{file}", await File.ReadAllBytesAsync(RealData.Sample(file), None), None);
        await datasets.WriteAllBytesAsync("fashion.json", Encoding.UTF8.GetBytes(Body), None);
    }

    /// <summary>Test sets of a few images in the container of the data sets, as the verb testset writes them there.</summary>
    private static async Task MakeTestSetsAsync(ServiceProvider services)
    {
        var options = new TestSetOptions
        {
            Limit = 20, Leaks = LeakPolicy.Allow, Attacks = ["fgsm"], Attackers = new() { Architectures = ["resnet20"], Epochs = 1 },
        };
        var store = services.GetRequiredService<StoredDatasets>().Store.Below("p");
        await new TestSetBuilder(store, new LocalDatasetLocator(), services.GetRequiredService<IAdversary>(), new NullActivityObserver()).MakeAsync(
            new(RealData.Sample("t10k-images-idx3-ubyte.gz"), [RealData.Sample("t10k-images-idx3-ubyte.gz")], options), 2, None);
    }

    private static Task<DurableTaskTestHost> StartAsync(ServiceProvider services)
    {
        var runner = services.GetRequiredService<ActivityRunner>();
        var (data, torch) = (new DataActivities(runner), new TorchActivities(runner));
        return DurableTaskTestHost.StartAsync(tasks =>
        {
            tasks.AddOrchestrators();
            Add(ActivityNames.FindFinished, data.FindFinished);
            Add(ActivityNames.Ingest, data.Ingest);
            Add(ActivityNames.Plan, data.Plan);
            Add(ActivityNames.CorruptShard, data.CorruptShard);
            Add(ActivityNames.Assemble, data.Assemble);
            Add(ActivityNames.Verify, data.Verify);
            Add(ActivityNames.Publish, data.Publish);
            Add(ActivityNames.Export, data.Export);
            Add(ActivityNames.CheckTestSets, data.CheckTestSets);
            Add(ActivityNames.FindAttackWorker, torch.FindAttackWorker);
            Add(ActivityNames.PrepareSurrogate, torch.PrepareSurrogate);
            Add(ActivityNames.AttackShard, torch.AttackShard);
            Add(ActivityNames.ScoreNetwork, torch.ScoreNetwork);
            Add(ActivityNames.Score, torch.Score);

            void Add<TInput, TOutput>(ActivityName<TInput, TOutput> activity, Func<TInput, CancellationToken, Task<Reply<TOutput>>> function)
                where TInput : notnull
                where TOutput : class =>
                tasks.AddActivityFunc<TInput, Reply<TOutput>>(activity.Name, (_, activityInput) => function(activityInput, None));
        });
    }

    private static async Task UntilShardsAsync(ServiceProvider services, RunInput input, int atLeast)
    {
        var work = services.GetRequiredService<PipelineStores>().Work;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        while (await work.ListAsync($"runs/{input.Request.RunId}/shards/", patience.Token).CountAsync(patience.Token) < 2 * atLeast)
            await Task.Delay(100, patience.Token);
    }

    private async Task<string> InProcessFingerprintAsync(RunInput input)
    {
        var folder = Path.Combine(_scratch, "in-process");
        var local = Path.Combine(_scratch, "fashion");
        Directory.CreateDirectory(local);
        foreach (var file in new[] { "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz" })
            File.Copy(RealData.Sample(file), Path.Combine(local, file));
        var (work, result) = (new FolderStore(Path.Combine(folder, "work")), new FolderStore(Path.Combine(folder, "result")));
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(new PipelineStores(work, work, _ => result))
            .AddSingleton<IDatasetLocator, LocalDatasetLocator>()
            .AddSingleton<IAdversary, TorchAdversary>()
            .AddPipeline()
            .BuildServiceProvider();
        await EnhancementWorkflow.RunAsync(new InProcessContext(services, TimeProvider.System, new Unwatched(), 2, None), input.Request with { Dataset = local, Score = null });
        return await FingerprintAsync(result);
    }

    private static async Task<string> FingerprintAsync(IDataStore result)
    {
        var hashes = new List<string>();
        foreach (var name in new[] { ResultFiles.Data, ResultFiles.Label, ResultFiles.Manifest })
            hashes.Add(Convert.ToHexStringLower(SHA256.HashData(await result.ReadAllBytesAsync(name, None))));
        return string.Join(' ', hashes);
    }

    private sealed class Unwatched : IWorkflowObserver
    {
        public void Report(WorkflowProgress progress)
        {
        }
    }
}
