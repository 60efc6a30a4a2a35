namespace DataCentric.Cli.Tests;

/// <summary>Sets several times as large as the heap that the tool may have: what held one as a whole would end with an error.</summary>
public sealed class LargerThanMemoryTests : IDisposable
{
    private const string Heap = "0x4000000"; // 64 MiB

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_set_of_three_times_the_heap_is_enhanced_verified_and_read_again()
    {
        WriteSet(_folder["set"], 7000, side: 96); // 194 MB

        await RunAsync("enhance", "--dataset", _folder["set"], "--out", _folder["out"], "--split", "49:0:1", "--formats", "webdataset");
        await RunAsync("verify", _folder["out"]);
        await RunAsync("inspect", Path.Combine(_folder["out"], "webdataset"));
    }

    /// <summary>The heap of the process that trains is no larger.</summary>
    [Fact]
    public async Task Networks_are_trained_on_a_set_that_is_larger_than_the_heap()
    {
        WriteSet(_folder["set"], 1500, side: 128); // 74 MB; networks halve images of that size

        await RunAsync(
            "enhance", "--dataset", _folder["set"], "--out", _folder["out"], "--split", "80:1:1", "--architectures", "resnet8", "--surrogate-epochs", "1", "--iterations", "1",
            "--attack-batch", "8", "--workers", "1");
        await RunAsync("train", "--dataset", _folder["set"], "--out", _folder["model.safetensors"], "--arch", "resnet8", "--epochs", "1", "--batch", "16");

        Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).ShouldBe(["set", "out", "model.safetensors"], ignoreOrder: true);
    }

    private static async Task RunAsync(params string[] arguments)
    {
        using var process = Tool.Start(arguments, ("DOTNET_GCHeapHardLimit", Heap));
        var result = await Tool.FinishAsync(process);
        result.ExitCode.ShouldBe(0, result.Error);
    }

    /// <summary>An npy pair of images of one colour each.</summary>
    private static void WriteSet(string folder, int count, int side)
    {
        Directory.CreateDirectory(folder);
        using var data = File.Create(Path.Combine(folder, "data.npy"));
        data.Write(NpyFile.Make("|u1", $"({count}, {side}, {side}, 3)", []));
        var image = new byte[side * side * 3];
        for (var i = 0; i < count; i++)
        {
            Array.Fill(image, (byte)i);
            data.Write(image);
        }

        File.WriteAllBytes(Path.Combine(folder, "label.npy"), NpyFile.Make("|u1", $"({count},)", [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]));
    }
}
