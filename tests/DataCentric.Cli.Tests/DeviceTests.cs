namespace DataCentric.Cli.Tests;

/// <summary>Where the tool computes.</summary>
public sealed class DeviceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_build_for_processors_that_is_asked_for_cuda_says_so_and_computes_on_the_processor()
    {
        var (cuda, cpu) = (await TrainAsync("cuda"), await TrainAsync("cpu"));

        cuda.ExitCode.ShouldBe(0);
        cuda.Error.ShouldContain("-p:TorchDevice=cuda");
        cpu.Error.ShouldNotContain("CUDA");
        (await File.ReadAllBytesAsync(_folder["cuda"])).ShouldBe(await File.ReadAllBytesAsync(_folder["cpu"]));
    }

    [Fact]
    public async Task A_device_that_does_not_exist_is_refused()
    {
        (await TrainAsync("tpu")).ExitCode.ShouldBe(2);
    }

    private Task<ToolResult> TrainAsync(string device) => Tool.RunAsync(
        "train", "--dataset", RealData.Sample("train-images-idx3-ubyte.gz"), "--arch", "vgg_compact", "--limit", "32", "--epochs", "1",
        "--device", device, "--out", _folder[device]);
}
