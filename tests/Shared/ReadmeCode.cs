namespace DataCentric.Tests;

/// <summary>The code of a package's README, which a sample of samples/code has: the sample is compiled and run.</summary>
internal static class ReadmeCode
{
    /// <summary>Fails where a line of the code is none of the sample's.</summary>
    /// <param name="project">Name of the project.</param>
    /// <param name="sample">Name of the sample.</param>
    public static void ShouldBeThatOf(string project, string sample)
    {
        var lines = File.ReadLines(Path.Combine(RealData.Root, "src", project, "README.md"))
            .SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```").Select(line => line.Trim()).ToArray();
        lines.ShouldNotBeEmpty();
        lines.ShouldBeSubsetOf(File.ReadLines(Path.Combine(RealData.Root, "samples", "code", $"{sample}.cs")).Select(line => line.Trim()));
    }
}
