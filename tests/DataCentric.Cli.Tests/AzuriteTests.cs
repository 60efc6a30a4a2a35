namespace DataCentric.Cli.Tests;

public sealed class AzuriteTests(AzuriteFixture azurite) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_and_resumed_on_blob_storage_the_bytes_are_those_of_a_folder()
    {
        (await Tool.RunAsync(ShortRun.Arguments(_folder["folder"]))).ExitCode.ShouldBe(0);
        var runs = Enumerable.Range(0, 3).Select(kill => _folder[$"blob{kill}"]).ToArray();
        for (var kill = 0; kill < runs.Length; kill++)
        {
            using var killed = Tool.Start(Arguments(runs[kill]));
            await Task.Delay(TimeSpan.FromSeconds(2 + kill));
            killed.Signal("KILL");
            await killed.Process.WaitForExitAsync();
        }

        // Side by side: each waits until the lease of the dead one ends.
        await Task.WhenAll(runs.Select(async output =>
        {
            var resumed = await Tool.RunAsync(Arguments(output));

            resumed.ExitCode.ShouldBe(0, resumed.Error);
            ShortRun.Fingerprint(output).ShouldBe(ShortRun.Fingerprint(_folder["folder"]));
            (await Tool.RunAsync("verify", output)).ExitCode.ShouldBe(0);
            Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories)
                .ShouldAllBe(file => !File.ReadAllText(file).Contains(azurite.AccountKey));
        }));
    }

    private string[] Arguments(string output) =>
        [.. ShortRun.Arguments(output), "--storage", $"{azurite.ConnectionString}Container={Path.GetFileName(output)}", "--shard-size", "16"];
}
