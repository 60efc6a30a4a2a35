using System.Xml.Linq;

namespace DataCentric.Cli.Tests;

/// <summary>The version stands in one place; what must repeat it says the same.</summary>
public sealed class VersionTests
{
    private static readonly string Version = XDocument.Load(Path.Combine(RealData.Root, "Directory.Build.props")).Descendants("Version").First().Value;

    [Theory]
    [InlineData("python/pyproject.toml", "version = \"{0}\"")]
    [InlineData("CITATION.cff", "version: {0}")]
    public void A_file_that_repeats_it_has_the_same(string file, string line) => Lines(file).ShouldContain(string.Format(null, line, Version));

    [Fact]
    public void The_citation_has_the_day_of_the_version() =>
        Lines("CHANGELOG.md").ShouldContain($"## {Version} - {Lines("CITATION.cff").Single(line => line.StartsWith("date-released: ", StringComparison.Ordinal))["date-released: ".Length..]}");

    [Fact]
    public async Task The_tool_says_it() => (await Tool.RunAsync("--version")).Output.ShouldStartWith(Version);

    private static string[] Lines(string file) => File.ReadAllLines(Path.Combine(RealData.Root, file));
}
