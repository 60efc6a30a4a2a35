using DataCentric.Imaging.Formats;
using DataCentric.Npy;

namespace DataCentric.Cli.Tests;

public sealed class CorruptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_kind_becomes_a_set_that_opens_again()
    {
        var result = await Tool.RunAsync(
            "corrupt", "--dataset", RealData.Sample("t10k-images-idx3-ubyte.gz"), "--out", _folder["c"], "--kinds", "rain,jpeg", "--limit", "100");

        result.ExitCode.ShouldBe(0, result.Error);
        foreach (var kind in new[] { "rain", "jpeg" })
        {
            using var reader = ImageSource.Open(Path.Combine(_folder["c"], kind, "data.npy"));
            reader.Info.Count.ShouldBe(100);
            reader.Read(100).Pixels.Distinct().Count().ShouldBeGreaterThan(50);
        }

        (await File.ReadAllLinesAsync(Path.Combine(_folder["c"], "manifest.jsonl"))).Length.ShouldBe(2);
    }

    [Fact]
    public async Task The_layout_of_CIFAR_10_C_holds_severity_after_severity()
    {
        var result = await Tool.RunAsync(
            "corrupt", "--dataset", RealData.Sample("t10k-images-idx3-ubyte.gz"), "--out", _folder["c"], "--set", "cifar", "--kinds", "gaussian_noise",
            "--severity", "1..5", "--layout", "cifar-c", "--limit", "100");

        result.ExitCode.ShouldBe(0, result.Error);
        await using var data = File.OpenRead(Path.Combine(_folder["c"], "gaussian_noise.npy"));
        NpyHeader.Read(data, "gaussian_noise.npy").Shape.ShouldBe([500, 32, 32, 3]);
        await using var labels = File.OpenRead(Path.Combine(_folder["c"], "labels.npy"));
        NpyHeader.Read(labels, "labels.npy").Shape.ShouldBe([500]);
    }

    [Fact]
    public async Task Workers_do_not_change_a_byte()
    {
        foreach (var workers in new[] { "1", "2" })
        {
            var result = await Tool.RunAsync(
                "corrupt", "--dataset", RealData.Sample("t10k-images-idx3-ubyte.gz"), "--out", _folder[workers], "--kinds", "snowflakes", "--workers", workers);
            result.ExitCode.ShouldBe(0, result.Error);
        }

        (await File.ReadAllBytesAsync(Path.Combine(_folder["2"], "snowflakes", "data.npy")))
            .ShouldBe(await File.ReadAllBytesAsync(Path.Combine(_folder["1"], "snowflakes", "data.npy")));
    }
}
