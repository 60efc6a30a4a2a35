using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Documents;

/// <summary>A run record as a run would have made it, without a run.</summary>
internal static class SomeRun
{
    public const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    public static RunRecord Record { get; } = new()
    {
        Request = new EnhancementRequest { RunId = "0011223344556677", Dataset = "sets/animals", Seed = 7 },
        Input = new IngestedSet(Hash, 1200, new(32, 32), 3, HasSoftLabels: false),
        InputFormat = "image-folder",
        Available = 1500,
        Classes = ["ant", "bee", "cat"],
        Plan = new PlanSummary(0, 240, 960),
        Kinds = new Dictionary<string, int> { ["fog"] = 480, ["rain"] = 480 },
        Surrogates = [new TrainedModel("resnet20", "models/x/model.safetensors", Hash, 270_000, 0.91)],
        Attack = new AttackSummary(0.95, 0.08, 0.92, 0.41, 310, 14),
        Files = [new StoredFile(ResultFiles.Data, 3_686_528, Hash), new StoredFile(ResultFiles.Label, 14_528, Hash), new StoredFile(ResultFiles.Manifest, 400_000, Hash)],
        Timings = [new StageTiming(WorkflowPhase.Ingest, 1.5), new StageTiming(WorkflowPhase.Surrogates, 312), new StageTiming(WorkflowPhase.Shards, 95.25) { ProcessorSeconds = new(170.5, 12.25) }],
        License = new DataLicense("CC-BY-4.0", LicenseOrigin.Stated),
        Published = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
        Versions = new Dictionary<string, string> { ["datacentric"] = "0.1.0", ["dotnet"] = "10.0.0", ["device"] = "cpu" },
        Statistics = new SetStatistics(
            [
                Group("adversarial", SampleRole.Adversarial, [80, 80, 80], 310),
                Group("fog", SampleRole.Corrupted, [160, 160, 160], 900),
                Group("rain", SampleRole.Corrupted, [150, 160, 170], 1500),
            ],
            new FoolingRates(0.92, 0.55),
            Examples: []),
    };

    public static GroupStatistics Group(string name, SampleRole role, int[] classes, double l2) => new(
        name, role, classes.Sum(), classes, l2, l2 / 20, 30, 25, 0, new Histogram(64, [1, 5, 9, 3, 1]), new Histogram(1, [0, 2, 8, 4]));
}
