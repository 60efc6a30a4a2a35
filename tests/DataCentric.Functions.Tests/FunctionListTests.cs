using System.Diagnostics;
using System.Text.Json.Nodes;

namespace DataCentric.Functions.Tests;

/// <summary>The three builds: which functions each has, and what the cloud package holds, which is published as for a deployment.</summary>
public sealed class FunctionListTests : IDisposable
{
    private static readonly string[] Attack = ["AttackShard", "FindAttackWorker", "PrepareSurrogate", "Score", "ScoreNetwork", "ScoreShard"];

    private static readonly string[] Orchestration =
    [
        "Assemble", "CheckTestSets", "CorruptShard", "EnhancementOrchestrator", "Export", "FindFinished", "GetReport", "Ingest", "KeepShard",
        "OnDatasetUploaded", "Plan", "Publish", "PurgeRun", "ShardGroupOrchestrator", "StartEnhancement", "Verify",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("datacentric-functions-").FullName;

    private string Package => Path.Combine(_folder, "package");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_local_host_has_all_functions() =>
        Functions(Built("DataCentric.Functions")).ShouldBe([.. Orchestration.Concat(Attack).Order(StringComparer.Ordinal)]);

    [Fact]
    public void The_GPU_app_has_the_attack_alone() => Functions(Built("DataCentric.Functions.Gpu")).ShouldBe(Attack);

    [Fact]
    public void The_cloud_package_has_no_attack_and_no_torch_and_is_told_of_uploads()
    {
        Publish();

        Functions(Package).ShouldBe(Orchestration);
        Directory.EnumerateFiles(Package, "*", SearchOption.AllDirectories).ShouldNotContain(file => file.Contains("torch", StringComparison.OrdinalIgnoreCase));
        var functions = Metadata(Package);
        functions.Single(function => Name(function) == "OnDatasetUploaded").ToJsonString().ShouldContain("EventGrid");
        functions.SelectMany(function => function["bindings"]!.AsArray()).Where(binding => binding!["type"]!.ToString() == "httpTrigger")
            .Select(binding => binding!["authLevel"]!.ToString()).ShouldBe(["Function", "Function", "Function"], "All calls need a key.");
    }

    /// <summary>What the build that these tests are of has made of a project.</summary>
    private static string Built(string project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(RealData.Root, "src", project, "bin", output.Parent!.Name, output.Name);
    }

    private static IEnumerable<string> Functions(string folder) => Metadata(folder).Select(Name).Order(StringComparer.Ordinal);

    private static JsonNode[] Metadata(string folder) =>
        [.. JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "functions.metadata")))!.AsArray().Select(function => function!)];

    private static string Name(JsonNode function) => function["name"]!.GetValue<string>();

    private void Publish()
    {
        // Intermediate files apart from those of the build that runs these tests, which has had the analyzers already; without the scheduler's
        // package, which has no functions and is not in every registry.
        string[] arguments =
        [
            "publish", Path.Combine(RealData.Root, "src", "DataCentric.Functions"), "-c", "Release", "-o", Package,
            "--artifacts-path", Path.Combine(_folder, "build"), "-p:DurableProviders=AzureStorage", "-p:RunAnalyzers=false",
        ];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
        };
        using var publish = Process.Start(start)!;
        var output = publish.StandardOutput.ReadToEnd();
        publish.WaitForExit();
        publish.ExitCode.ShouldBe(0, output);
    }
}
