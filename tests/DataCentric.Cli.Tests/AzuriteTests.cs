namespace DataCentric.Cli.Tests;

[Collection(WithAzurite.Name)]
public sealed class AzuriteTests(AzuriteFixture azurite) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_and_resumed_on_blob_storage_the_bytes_are_those_of_a_folder()
    {
        (await Tool.RunAsync(ShortRun.Arguments(_folder["folder"]))).ExitCode.ShouldBe(0);
        for (var kill = 0; kill < 3; kill++)
        {
            var (storage, output) = ($"{azurite.ConnectionString}Container=run{kill}", _folder[$"blob{kill}"]);
            string[] arguments = [.. ShortRun.Arguments(output), "--storage", storage, "--shard-size", "16"];
            using (var killed = Tool.Start(arguments))
            {
                await Task.Delay(TimeSpan.FromSeconds(2 + kill));
                killed.Signal("KILL");
                await killed.Process.WaitForExitAsync();
            }

            var resumed = await Tool.RunAsync(arguments);

            resumed.ExitCode.ShouldBe(0, resumed.Error);
            ShortRun.Fingerprint(output).ShouldBe(ShortRun.Fingerprint(_folder["folder"]));
            (await Tool.RunAsync("verify", output)).ExitCode.ShouldBe(0);
            Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories)
                .ShouldAllBe(file => !File.ReadAllText(file).Contains(azurite.AccountKey));
        }
    }
}
