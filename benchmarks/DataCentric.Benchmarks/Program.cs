using DataCentric.Benchmarks;
using DataCentric.Benchmarks.Attack;
using DataCentric.Benchmarks.Starts;

Dictionary<string, Action<string[]>> benchmarks = new()
{
    ["attack"] = AttackBenchmark.Run,
    ["corruptions"] = CorruptionBenchmark.Run,
    ["formats"] = FormatBenchmark.Run,
    ["iteration"] = IterationBenchmark.Run,
    ["plan"] = PlanBenchmark.Run,
    ["scale"] = ScaleSimulation.Run,
    ["starts"] = StartsBenchmark.Run,
    ["strength"] = StrengthBenchmark.Run,
    ["transfer"] = TransferBenchmark.Run,
    ["workflow"] = WorkflowBenchmark.Run,
};

if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var benchmark))
{
    Console.Error.WriteLine($"Name a benchmark: {string.Join(", ", benchmarks.Keys)}.");
    return 2;
}

benchmark(args[1..]);
return 0;
