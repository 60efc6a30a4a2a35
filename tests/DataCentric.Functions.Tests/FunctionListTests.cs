using System.Diagnostics;
using System.Text.Json.Nodes;

namespace DataCentric.Functions.Tests;

/// <summary>The three builds: which functions each has, and what its package holds. Each is published as for a deployment.</summary>
public sealed class FunctionListTests(FunctionListTests.Builds builds) : IClassFixture<FunctionListTests.Builds>, IDisposable
{
    private static readonly string[] Attack = ["AttackShard", "FindAttackWorker", "PrepareSurrogate", "Score", "ScoreNetwork", "ScoreShard"];

    private static readonly string[] Orchestration =
    [
        "Assemble", "CheckTestSets", "CorruptShard", "EnhancementOrchestrator", "Export", "FindFinished", "GetReport", "Ingest", "KeepShard",
        "OnDatasetUploaded", "Plan", "Publish", "PurgeRun", "ShardGroupOrchestrator", "StartEnhancement", "Verify",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("datacentric-functions-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_local_host_has_all_functions()
    {
        Publish("DataCentric.Functions", "-p:AttackActivities=Torch");

        Functions().ShouldBe([.. Orchestration.Concat(Attack).Order(StringComparer.Ordinal)]);
    }

    [Fact]
    public void The_cloud_package_has_no_attack_and_no_torch_and_is_told_of_uploads()
    {
        Publish("DataCentric.Functions");

        Functions().ShouldBe(Orchestration);
        Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).ShouldNotContain(file => file.Contains("torch", StringComparison.OrdinalIgnoreCase));
        Metadata().Single(function => Name(function) == "OnDatasetUploaded").ToJsonString().ShouldContain("EventGrid");
        Metadata().SelectMany(function => function["bindings"]!.AsArray()).Where(binding => binding!["type"]!.ToString() == "httpTrigger")
            .Select(binding => binding!["authLevel"]!.ToString()).ShouldBe(["Function", "Function", "Function"], "All calls need a key.");
    }

    [Fact]
    public void The_GPU_app_has_the_attack_alone()
    {
        Publish("DataCentric.Functions.Gpu");

        Functions().ShouldBe(Attack);
    }

    private IEnumerable<string> Functions() => Metadata().Select(Name).Order(StringComparer.Ordinal);

    private IEnumerable<JsonNode> Metadata() => JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "functions.metadata")))!.AsArray().Select(function => function!);

    private static string Name(JsonNode function) => function["name"]!.GetValue<string>();

    private void Publish(string project, params string[] options)
    {
        // Intermediate files apart from those of the build that runs these tests, which has had the analyzers already; without the scheduler's
        // package, which has no functions and is not in every registry.
        string[] arguments =
        [
            "publish", Path.Combine(RealData.Root, "src", project), "-c", "Release", "-o", _folder, "--artifacts-path", builds.Folder,
            "-p:DurableProviders=AzureStorage", "-p:RunAnalyzers=false", .. options,
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

    /// <summary>Where intermediate files lie: what the three builds have in common is compiled once.</summary>
    public sealed class Builds : IDisposable
    {
        /// <summary>The folder.</summary>
        public string Folder { get; } = Directory.CreateTempSubdirectory("datacentric-functions-build-").FullName;

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
