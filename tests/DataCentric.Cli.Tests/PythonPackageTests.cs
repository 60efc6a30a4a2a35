using DataCentric.Pipeline.Model;

namespace DataCentric.Cli.Tests;

/// <summary>The Python package in python/, with this command line.</summary>
public sealed class PythonPackageTests
{
    [Fact]
    public Task Its_own_tests_pass() => ForeignReader.TestPackageAsync($"dotnet '{Path.Combine(AppContext.BaseDirectory, "datacentric.dll")}'");

    [Fact]
    public void It_knows_which_options_have_several_words() =>
        Line("datacentric/_tool.py", "SEVERAL = ").Split('"').Where((_, i) => i % 2 == 1)
            .ShouldBe(EnhancementChoices.Options.Where(option => option.IsSeveral).Select(option => option.Name.Replace('-', '_')), ignoreOrder: true);

    private static string Line(string file, string start) =>
        File.ReadLines(Path.Combine(RealData.Root, "python", file)).First(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..];
}
