namespace DataCentric.Cli.Tests;

public class ArchitectureTests
{
    [Fact]
    public void No_two_namespaces_use_each_other() => Layers.ShouldBeHeld(
        typeof(CommandLine).Assembly, "DataCentric.Cli.Terminal", "DataCentric.Cli.Composition", "DataCentric.Cli.Commands", "DataCentric.Cli");
}
