using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Storage;

/// <summary>Outputs that are, hold or lie in an input, by whatever way they are named.</summary>
public sealed class OverlapTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public OverlapTests()
    {
        Directory.CreateDirectory(_folder["data/set/inner"]);
        Directory.CreateDirectory(_folder["elsewhere"]);
        File.CreateSymbolicLink(_folder["link"], _folder["data/set"]);
        File.CreateSymbolicLink(_folder["relative"], "data");
        File.CreateSymbolicLink(_folder["elsewhere/up"], "../data/../relative/set");
        File.CreateSymbolicLink(_folder["chain"], _folder["elsewhere/up"]);
        File.CreateSymbolicLink(_folder["circle"], _folder["circle"]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("data/set", "is")]
    [InlineData("data/set/", "is")]
    [InlineData("data/./other/../set", "is")]
    [InlineData("link", "is")]
    [InlineData("relative/set", "is")]
    [InlineData("chain", "is")]
    [InlineData("chain/new/deep", "lies in")]
    [InlineData("data/set/inner", "lies in")]
    [InlineData("link/inner/new", "lies in")]
    [InlineData("data", "holds")]
    [InlineData("relative", "holds")]
    [InlineData("", "holds")]
    public void An_output_that_is_not_apart_is_refused(string output, string relation)
    {
        Should.Throw<InputException>(() => Overlap.Refuse(Path.Combine(_folder.Path, output), [null, _folder["data/set"]])).Message.ShouldContain($" {relation} the input ");
        Should.Throw<InputException>(() => Overlap.Refuse(Path.Combine(_folder.Path, output), [_folder["elsewhere/up"]])).Message.ShouldContain($" {relation} the input ");
        if (relation == "holds")
            Should.NotThrow(() => Overlap.Refuse(Path.Combine(_folder.Path, output), [_folder["data/set"]], mayHold: true));
    }

    [Theory]
    [InlineData("data/set2")]
    [InlineData("data/se")]
    [InlineData("elsewhere")]
    [InlineData("new/data/set")]
    public void An_output_apart_is_none_of_these(string output) => Should.NotThrow(() => Overlap.Refuse(_folder[output], [_folder["data/set"], _folder["link"]]));

    [Fact]
    public void Links_in_a_circle_are_told() =>
        Should.Throw<InputException>(() => Overlap.Refuse(_folder["circle/x"], [_folder["data"]])).Message.ShouldContain("circle");

    [Theory]
    [InlineData("sets/photos", "is")]
    [InlineData("sets", "holds")]
    [InlineData("sets/photos/out", "lies in")]
    [InlineData("sets/photos2", null)]
    public void Blobs_are_told_apart_by_their_addresses(string prefix, string? relation)
    {
        const string Account = "UseDevelopmentStorage=true;Container=con";
        void Act() => Overlap.Refuse(DataStores.Open($"{Account};Prefix={prefix}").Location, [$"{Account};Prefix=sets/photos", _folder["data"]]);

        if (relation is null)
            Should.NotThrow(Act);
        else
            Should.Throw<InputException>(Act).Message.ShouldContain($" {relation} the input ");
    }
}
