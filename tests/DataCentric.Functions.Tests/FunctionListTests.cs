using System.Text.Json.Nodes;

namespace DataCentric.Functions.Tests;

/// <summary>The three apps as the build has made them: which functions each has, and what the host is told of them.</summary>
public sealed class FunctionListTests
{
    private static readonly string[] Torch = ["AttackShard", "FindAttackWorker", "PrepareSurrogate", "Score", "ScoreNetwork", "ScoreShard"];

    private static readonly string[] Orchestration =
    [
        "Assemble", "CheckTestSets", "CorruptShard", "EnhancementOrchestrator", "Export", "FindFinished", "GetOpenApi", "GetReport", "GetRun",
        "Ingest", "ListRuns", "OnDatasetUploaded", "Plan", "Publish", "PurgeRun", "RestartRun", "ShardGroupOrchestrator", "StartEnhancement", "TerminateRun", "Verify",
    ];

    [Fact]
    public void The_local_app_has_all_functions_and_looks_for_uploads()
    {
        var functions = Functions("DataCentric.Functions.Local");

        functions.Keys.ShouldBe([.. Orchestration.Concat(Torch).Order(StringComparer.Ordinal)]);
        Upload(functions, "source").ShouldBe("LogsAndContainerScan");
        Upload(functions, "connection").ShouldBe(StorageConnection.Name);
        File.ReadAllText(Path.Combine(RealData.Root, "local.settings.sample.json")).ShouldContain($"\"{StorageConnection.Name}\"");
    }

    [Fact]
    public void The_GPU_app_has_the_activities_that_need_torch_alone() => Functions("DataCentric.Functions.Gpu").Keys.ShouldBe(Torch);

    [Theory]
    [InlineData("DataCentric.Functions")]
    [InlineData("DataCentric.Functions.Gpu")]
    public void What_goes_to_the_cloud_has_native_files_of_Linux_alone(string app) =>
        Directory.EnumerateFiles(Output(app), "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".dylib", StringComparison.Ordinal) || file.Contains("runtimes/win-", StringComparison.Ordinal) || file.Contains("torch_cpu.dll", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void The_cloud_app_has_all_others_and_no_torch_file_is_told_of_uploads_and_asks_for_keys()
    {
        var functions = Functions("DataCentric.Functions");

        functions.Keys.ShouldBe(Orchestration);
        Directory.EnumerateFiles(Output("DataCentric.Functions"), "*", SearchOption.AllDirectories)
            .ShouldNotContain(file => file.Contains("torch", StringComparison.OrdinalIgnoreCase));
        Upload(functions, "source").ShouldBe("EventGrid");
        Upload(functions, "connection").ShouldBe(StorageConnection.Name);
        functions.Values.SelectMany(function => function["bindings"]!.AsArray()).Where(binding => binding!["type"]!.ToString() == "httpTrigger")
            .Select(binding => binding!["authLevel"]!.ToString()).Distinct().ShouldBe(["Function"], "All calls need a key.");
    }

    /// <summary>What the build that these tests are of has made of an app; the cloud apps are built for one system, in a folder of its name.</summary>
    private static string Output(string app)
    {
        var tests = new DirectoryInfo(AppContext.BaseDirectory);
        var output = Path.Combine(RealData.Root, "src", app, "bin", tests.Parent!.Name, tests.Name);
        return app == "DataCentric.Functions.Local" ? output : Path.Combine(output, "linux-x64");
    }

    /// <summary>The functions of an app by name, as its host is told of them.</summary>
    internal static SortedDictionary<string, JsonNode> Functions(string app) => new(
        JsonNode.Parse(File.ReadAllText(Path.Combine(Output(app), "functions.metadata")))!.AsArray()
            .ToDictionary(function => function!["name"]!.GetValue<string>(), function => function!),
        StringComparer.Ordinal);

    private static string Upload(SortedDictionary<string, JsonNode> functions, string member) =>
        functions["OnDatasetUploaded"]["bindings"]!.AsArray().Single(binding => binding!["type"]!.ToString() == "blobTrigger")![member]!.ToString();
}
