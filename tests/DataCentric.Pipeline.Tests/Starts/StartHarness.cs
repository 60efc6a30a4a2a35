using System.Text;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Starts;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Storage;
using DataCentric.Pipeline.Workflow;

namespace DataCentric.Pipeline.Tests.Starts;

/// <summary>Makes runs of requests, over data sets and models in a folder of one test.</summary>
internal sealed class StartHarness : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StartHarness()
    {
        Datasets = new FolderStore(_folder["datasets"]);
        Models = new FolderStore(_folder["models"]);
        Starter = new RunStarter(new StoredDatasets(Datasets, Scratch), Models, new FanOutLimits());
    }

    public FolderStore Datasets { get; }

    public FolderStore Models { get; }

    public RunStarter Starter { get; }

    public string Scratch => _folder["scratch"];

    public void Dispose() => _folder.Dispose();

    public Task<RunStart> StartAsync(string body) => Starter.FromBodyAsync(new MemoryStream(Encoding.UTF8.GetBytes(body)), CancellationToken.None);

    public Task WriteAsync(string name, string text) => Datasets.WriteAllBytesAsync(name, Encoding.UTF8.GetBytes(text), CancellationToken.None);
}
