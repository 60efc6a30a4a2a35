using System.Text.Json.Nodes;
using DataCentric.Pipeline.DataSets;
using YamlDotNet.RepresentationModel;

namespace DataCentric.Pipeline.Tests.Infrastructure;

/// <summary>What both cloud apps get on one machine, against what they get in Azure.</summary>
public sealed class LocalAppsTests(BicepFixture bicep) : IClassFixture<BicepFixture>
{
    private const string Scheduler = "DURABLE_TASK_SCHEDULER_CONNECTION_STRING";
    private const string Hub = "AzureFunctionsJobHost__extensions__durableTask__hubName";

    private static readonly Dictionary<string, string> Settings = File.ReadLines(Local("cloud.env")).Where(line => !line.StartsWith('#'))
        .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim('"'));

    [Fact]
    public async Task The_durable_settings_are_those_of_Azure_with_the_emulator_in_the_place_of_the_scheduler()
    {
        var azure = (await bicep.PredictAsync("main")).Single(resource => resource["type"]!.ToString() == "Microsoft.Web/sites/config")["properties"]!.AsObject()
            .Where(setting => setting.Key.Contains("durableTask__storageProvider", StringComparison.Ordinal) || setting.Key == Hub || setting.Key.StartsWith("DataCentric__Limits__Has", StringComparison.Ordinal))
            .ToDictionary(setting => setting.Key, setting => setting.Value!.ToString());

        azure.Count.ShouldBe(4);
        foreach (var (name, value) in azure)
            Settings[name].ShouldBe(value, name);
        Settings[Scheduler].ShouldBe("Endpoint=http://localhost:8080;Authentication=None");
    }

    [Fact]
    public void The_emulators_have_the_hub_and_the_ports_that_the_settings_name()
    {
        var yaml = new YamlStream();
        using (var file = File.OpenText(Local("compose.yaml")))
            yaml.Load(file);
        var services = yaml.Documents.Single().RootNode["services"];

        services["scheduler"]["environment"]["DTS_TASK_HUB_NAMES"].ToString().ShouldBe(Settings[Hub]);
        ((YamlSequenceNode)services["scheduler"]["ports"]).Select(port => port.ToString()).ShouldContain("8080:8080");
        ((YamlSequenceNode)services["storage"]["ports"]).Select(port => port.ToString()).ShouldBe(["10000:10000", "10001:10001", "10002:10002"], "Those of UseDevelopmentStorage=true.");
        Settings["DataCentricStorage"].ShouldBe("UseDevelopmentStorage=true");
    }

    [Fact]
    public void The_event_tells_of_the_options_that_are_uploaded_last()
    {
        var told = JsonNode.Parse(File.ReadAllText(Local("uploaded.json")))!.AsArray().ShouldHaveSingleItem()!;

        told["eventType"]!.ToString().ShouldBe("Microsoft.Storage.BlobCreated");
        told["subject"]!.ToString().ShouldBe($"/blobServices/default/containers/{StoredDatasets.Container}/blobs/fashion-mnist.json");
        told["data"]!["url"]!.ToString().ShouldEndWith($"/{StoredDatasets.Container}/fashion-mnist.json");
    }

    private static string Local(string file) => Path.Combine(RealData.Root, "infra", "local", file);
}
