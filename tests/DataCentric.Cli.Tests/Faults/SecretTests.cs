namespace DataCentric.Cli.Tests.Faults;

/// <summary>Whatever goes wrong with a storage that was named with a secret, the secret is told to nobody.</summary>
public sealed class SecretTests(AzuriteFixture azurite) : IDisposable
{
    private const string Signature = "c2VjcmV0LXNpZ25hdHVyZS1vZi1hLXNhcw";
    private static readonly string Key = Convert.ToBase64String("this account key must never be told"u8);
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Storages =>
    [
        $"DefaultEndpointsProtocol=https;AccountName=account;AccountKey={Key};Container=NOT-A-NAME",
        $"DefaultEndpointsProtocol=sideways;AccountName=account;AccountKey={Key};EndpointSuffix=core.windows.net",
        $"AccountName=account;AccountKey={Key}-no-base64!",
        $"BlobEndpoint=nowhere;SharedAccessSignature=sv=2024-01-01&sig={Signature}",
        $"https://user:{Signature}@account.blob.core.windows.net/container",
        $"ftp://account.blob.core.windows.net/container?sig={Signature}",
        $"https://account.blob.core.windows.net/NOT-A-NAME?sv=2024-01-01&sig={Signature}",
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Storages))]
    public async Task A_storage_that_cannot_be_read_is_refused_without_repeating_it(string storage)
    {
        TinyRun.WriteDataset(_folder["set"]);

        var enhanced = await Tool.RunAsync([.. TinyRun.Corrupting(_folder["set"], _folder["out"]), "--storage", storage]);

        enhanced.ExitCode.ShouldBe(2, enhanced.Error);
        ShouldTellNothing(enhanced);
    }

    [Fact]
    public async Task A_service_that_refuses_the_key_or_the_signature_is_named_without_it()
    {
        TinyRun.WriteDataset(_folder["set"]);
        var endpoint = azurite.ConnectionString.Split("BlobEndpoint=")[1].TrimEnd(';');
        string[] storages =
        [
            azurite.ConnectionString.Replace(azurite.AccountKey, Key, StringComparison.Ordinal) + "Container=refused",
            $"BlobEndpoint={endpoint};SharedAccessSignature=sv=2024-01-01&ss=b&srt=sco&sp=rw&se=2030-01-01&sig={Signature};Container=refused",
        ];
        foreach (var storage in storages)
        {
            var enhanced = await Tool.RunAsync([.. TinyRun.Corrupting(_folder["set"], _folder["out"]), "--storage", storage]);
            enhanced.ExitCode.ShouldBe(1, enhanced.Error);
            enhanced.Error.ShouldContain("access is refused");
            ShouldTellNothing(enhanced);
            ShouldTellNothing(await Tool.RunAsync("verify", storage));
        }
    }

    [Fact]
    public async Task A_good_run_keeps_no_secret_in_any_file()
    {
        TinyRun.WriteDataset(_folder["set"]);
        string[] arguments = [.. TinyRun.Corrupting(_folder["set"], _folder["out"]), "--storage", $"{azurite.ConnectionString}Container=secrets"];

        var end = await Tool.RunAsync([.. arguments, "--json"]);

        end.ExitCode.ShouldBe(0, end.Error);
        ShouldTellNothing(end);
        (await Tool.RunAsync("enhance", "--out", _folder["out"], "--resume")).Error.ShouldContain("name the same storage again");
    }

    private void ShouldTellNothing(ToolResult result)
    {
        var texts = new List<string> { result.Output, result.Error };
        if (Directory.Exists(_folder["out"]))
        {
            texts.AddRange(Directory.EnumerateFiles(
                _folder["out"], "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }).Select(File.ReadAllText));
        }

        foreach (var secret in new[] { Key, Signature, azurite.AccountKey })
            texts.ShouldAllBe(text => !text.Contains(secret, StringComparison.Ordinal));
    }
}
