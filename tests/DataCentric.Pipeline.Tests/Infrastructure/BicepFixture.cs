using System.Diagnostics;
using System.Text.Json.Nodes;

namespace DataCentric.Pipeline.Tests.Infrastructure;

/// <summary>The Bicep compiler on a copy of infra/; predicts each deployment once.</summary>
public sealed class BicepFixture : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("datacentric-infra-").FullName;
    private readonly Dictionary<string, IReadOnlyList<JsonNode>> _predicted = [];

    public BicepFixture()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(RealData.Root, "infra")))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The resources of a deployment.</summary>
    /// <param name="parameters">A parameter file without its ending.</param>
    /// <param name="more">Lines that somebody adds to that file; none for the file as it is.</param>
    public async Task<IReadOnlyList<JsonNode>> PredictAsync(string parameters, string more = "")
    {
        var key = parameters + more;
        if (_predicted.TryGetValue(key, out var known))
            return known;
        if (more.Length > 0)
        {
            var text = await File.ReadAllTextAsync(Path.Combine(_folder, $"{parameters}.bicepparam"));
            await File.WriteAllTextAsync(Path.Combine(_folder, $"{parameters += ".more"}.bicepparam"), $"{text}\n{more}\n");
        }

        await RunAsync("snapshot", $"{parameters}.bicepparam", "--subscription-id", "00000000-0000-0000-0000-000000000001", "--location", "swedencentral");
        var snapshot = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, $"{parameters}.snapshot.json")))!;
        snapshot["diagnostics"]!.AsArray().ShouldBeEmpty();
        return _predicted[key] = [.. snapshot["predictedResources"]!.AsArray().Select(resource => resource!)];
    }

    /// <summary>Runs the compiler in the copy.</summary>
    /// <returns>All that it printed.</returns>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "bicep");
        if (!File.Exists(program))
            Assert.Skip("The Bicep compiler of the tests is for Linux x64.");
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var bicep = Process.Start(start)!;
        var (output, errors) = (bicep.StandardOutput.ReadToEndAsync(), bicep.StandardError.ReadToEndAsync());
        await bicep.WaitForExitAsync();
        var text = await output + await errors;
        bicep.ExitCode.ShouldBe(0, text);
        return text;
    }
}
