using System.Text.Json;

namespace DataCentric.Cli.Tests;

public sealed class DoctorTests
{
    [Fact]
    public async Task What_the_machine_has_is_told_and_a_small_attack_is_timed()
    {
        var result = await Tool.RunAsync("doctor", "--json", "--device", "cpu");

        result.ExitCode.ShouldBe(0, result.Error);
        var report = JsonDocument.Parse(result.Output).RootElement;
        report.GetProperty("compute").GetString()!.ShouldStartWith("libtorch 2");
        report.GetProperty("attackSeconds").GetDouble().ShouldBeInRange(0.001, 600);
        report.GetProperty("processors").GetInt32().ShouldBe(Environment.ProcessorCount);
        report.GetProperty("freeMemoryBytes").GetInt64().ShouldBeInRange(1, report.GetProperty("memoryBytes").GetInt64());
    }
}
