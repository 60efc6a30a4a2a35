using System.Diagnostics;
using System.Xml.Linq;
using DataCentric.Pipeline.Tests.Storage;
using YamlDotNet.RepresentationModel;

namespace DataCentric.Pipeline.Tests.Infrastructure;

/// <summary>What azd does beside Bicep: azure.yaml, and the hook that subscribes the app to uploads, with a stand-in for the Azure CLI.</summary>
public sealed class DeploymentTests : IDisposable
{
    private const string Sh = "/bin/sh";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_subscription_waits_for_the_key_of_the_app_and_carries_it()
    {
        var (code, text, calls) = await SubscribeAsync(emptyAnswers: 2);

        code.ShouldBe(0, text);
        calls.Count(call => call.StartsWith("functionapp keys list", StringComparison.Ordinal)).ShouldBe(3);
        calls[^1].ShouldStartWith("eventgrid system-topic event-subscription create");
        calls[^1].ShouldEndWith("--endpoint https://app/runtime/webhooks/blobs?functionName=Host.Functions.OnDatasetUploaded&code=the-key");
    }

    [Fact]
    public async Task An_app_that_never_has_a_key_is_told_with_what_to_do()
    {
        var (code, text, calls) = await SubscribeAsync(emptyAnswers: 1000);

        code.ShouldBe(1);
        text.ShouldContain("azd hooks run postdeploy");
        calls.ShouldAllBe(call => call.StartsWith("functionapp keys list", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Both_systems_have_their_hook_and_both_hooks_say_the_same_to_Azure()
    {
        var hook = Map(Map(Azure(), "hooks"), "postdeploy");
        var scripts = new List<string[]>();
        foreach (var (system, shell) in new[] { ("posix", "sh"), ("windows", "pwsh") })
        {
            Scalar(Map(hook, system), "shell").ShouldBe(shell);
            var text = await File.ReadAllTextAsync(Path.Combine(RealData.Root, Scalar(Map(hook, system), "run")));
            scripts.Add([.. text.Split(' ', '\n').Where(word => word.StartsWith("--", StringComparison.Ordinal) || word.Contains("systemKeys", StringComparison.Ordinal) || word.StartsWith("/blobServices", StringComparison.Ordinal))]);
        }

        scripts[1].ShouldBe(scripts[0]);
    }

    [Fact]
    public void The_template_has_the_version_of_the_product() =>
        Scalar(Map(Azure(), "metadata"), "template").ShouldBe(
            $"datacentric-functions@{XDocument.Load(Path.Combine(RealData.Root, "Directory.Build.props")).Descendants("Version").Single().Value}");

    private async Task<(int Code, string Text, string[] Calls)> SubscribeAsync(int emptyAnswers)
    {
        Assert.SkipUnless(File.Exists(Sh), "The hook for posix needs a shell.");
        Script("az", $"""
            echo "$@" >> {_folder["calls"]}
            case "$1" in functionapp) [ "$(wc -l < {_folder["calls"]})" -le {emptyAnswers} ] || echo the-key;; esac
            """);
        Script("sleep", "true");
        var start = new ProcessStartInfo(Sh, [Path.Combine(RealData.Root, "infra", "subscribe-uploads.sh")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new[] { ("PATH", $"{_folder.Path}:{Environment.GetEnvironmentVariable("PATH")}"), ("AZURE_RESOURCE_GROUP", "rg"), ("API_NAME", "app"), ("API_URI", "https://app"), ("UPLOADS_TOPIC_NAME", "uploads") })
            start.Environment[name] = value;
        using var shell = Process.Start(start)!;
        var (output, errors) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await shell.WaitForExitAsync();
        return (shell.ExitCode, await output + await errors, await File.ReadAllLinesAsync(_folder["calls"]));
    }

    private void Script(string name, string text)
    {
        File.WriteAllText(_folder[name], $"#!{Sh}\n{text}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder[name], UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private static YamlMappingNode Azure()
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(Path.Combine(RealData.Root, "azure.yaml"));
        yaml.Load(text);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static YamlMappingNode Map(YamlMappingNode node, string name) => (YamlMappingNode)node.Children[name];

    private static string Scalar(YamlMappingNode node, string name) => ((YamlScalarNode)node.Children[name]).Value!;
}
