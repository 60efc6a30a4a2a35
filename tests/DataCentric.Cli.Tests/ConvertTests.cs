using System.Text.Json;

namespace DataCentric.Cli.Tests;

/// <summary>Further formats, asked for at once and later.</summary>
public sealed class ConvertTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Formats_of_a_run_and_of_a_later_conversion_are_read_by_other_programs()
    {
        var run = await Tool.RunAsync(
            "enhance", "--dataset", RealData.Sample("train-images-idx3-ubyte.gz"), "--out", _folder["a"], "--limit", "60", "--split", "1:0:2", "--formats", "cifar");
        run.ExitCode.ShouldBe(0, run.Error);
        var converted = await Tool.RunAsync("convert", _folder["a"], "--formats", "folder,webdataset", "--json");
        converted.ExitCode.ShouldBe(0, converted.Error);

        using var files = JsonDocument.Parse(converted.Output);
        files.RootElement.GetProperty("formats").GetProperty("webdataset")[0].GetProperty("name").GetString().ShouldBe("webdataset/train-000000.tar");
        (await Tool.RunAsync("verify", _folder["a"])).ExitCode.ShouldBe(0);
        var manifest = (await File.ReadAllLinesAsync(Path.Combine(_folder["a"], "manifest.jsonl"))).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        foreach (var format in new[] { "cifar", "folder", "webdataset" })
        {
            var read = await ForeignReader.ReadAsync(format, Path.Combine(_folder["a"], format));

            read.Labels.ShouldBe(manifest.Select(line => line.GetProperty("label").GetInt32()), format);
            read.Sha256.ShouldBe(manifest.Select(line => line.GetProperty("sha256").GetString()!), format);
            read.Classes?.Length.ShouldBe(10);
        }

        var refused = await Tool.RunAsync("convert", _folder["a"], "--formats", "folder", "--image-format", "webp:90");
        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain("has --names numbers --image-format png, not --names numbers --image-format webp:90");
        Directory.Delete(Path.Combine(_folder["a"], "folder"), recursive: true);
        (await Tool.RunAsync("convert", _folder["a"], "--formats", "folder", "--image-format", "webp:90")).ExitCode.ShouldBe(0);
        Directory.GetFiles(Path.Combine(_folder["a"], "folder"), "*.webp", SearchOption.AllDirectories).Length.ShouldBe(60);
        (await Tool.RunAsync("convert", _folder["a"], "--formats", "parquet", "--names", "source")).Error.ShouldContain("names: says how the format folder is written");
        (await Tool.RunAsync("verify", _folder["a"])).ExitCode.ShouldBe(0);
    }
}
