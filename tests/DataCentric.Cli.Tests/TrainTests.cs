namespace DataCentric.Cli.Tests;

public sealed class TrainTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_killed_training_leaves_no_model_and_goes_on_where_it_was()
    {
        (await Tool.RunAsync(Arguments("whole"))).ExitCode.ShouldBe(0);
        using (var killed = Tool.Start(Arguments("killed")))
        {
            (await killed.WaitUntilAsync(() => File.Exists(_folder["killed.checkpoint"]))).ShouldBeTrue();
            killed.Signal("KILL");
            await killed.Process.WaitForExitAsync();
        }

        File.Exists(_folder["killed"]).ShouldBeFalse();

        var resumed = await Tool.RunAsync(Arguments("killed"));

        resumed.ExitCode.ShouldBe(0, resumed.Error);
        resumed.Error.ShouldNotContain("epoch 1/");
        (await File.ReadAllBytesAsync(_folder["killed"])).ShouldBe(await File.ReadAllBytesAsync(_folder["whole"]));
        Directory.GetFiles(Path.GetDirectoryName(_folder["killed"])!).Order().ShouldBe([_folder["killed"], _folder["whole"]]);
    }

    [Fact]
    public async Task Stopped_by_Ctrl_C_it_says_how_to_go_on_and_leaves_its_checkpoint_alone()
    {
        using var stopped = Tool.Start(Arguments("stopped", epochs: "1000"));
        (await stopped.WaitUntilAsync(() => File.Exists(_folder["stopped.checkpoint"]))).ShouldBeTrue();
        stopped.Signal("INT");

        var end = await Tool.FinishAsync(stopped);

        end.ExitCode.ShouldBe(130, end.Error);
        end.Error.ShouldContain("the same command goes on from there");
        Directory.GetFiles(Path.GetDirectoryName(_folder["stopped"])!).ShouldBe([_folder["stopped.checkpoint"]]);
    }

    private string[] Arguments(string model, string epochs = "8") =>
    [
        "train", "--dataset", RealData.Sample("t10k-images-idx3-ubyte.gz"), "--arch", "mobilenet_compact", "--limit", "200", "--epochs", epochs, "--out", _folder[model],
    ];
}
