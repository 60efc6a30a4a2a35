using System.Text.Json.Nodes;

namespace DataCentric.Pipeline.Tests.Infrastructure;

/// <summary>What infra/ would deploy, as Bicep itself predicts it, offline.</summary>
public sealed class BicepTests(BicepFixture bicep) : IClassFixture<BicepFixture>
{
    private const string Durable = "AzureFunctionsJobHost__extensions__durableTask__";

    [Fact]
    public async Task It_compiles_and_lints_without_a_word()
    {
        (await bicep.RunAsync("build", "main.bicep", "--stdout")).ShouldContain("\"DurableProvider\"", customMessage: "dotnet publish takes this output for a build property.");

        (await bicep.RunAsync("lint", "main.bicep")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("main", "Consumption-GPU-NC8as-T4", 1, "Basic", "Standard_LRS", "Consumption")]
    [InlineData("main.prod", "Consumption-GPU-NC24-A100", 8, "Premium", "Standard_ZRS", "Dedicated")]
    public async Task Both_sizes_have_the_GPU_profile_registry_storage_and_scheduler_that_the_docs_name(
        string parameters, string gpu, int replicas, string registry, string storage, string scheduler)
    {
        var resources = await bicep.PredictAsync(parameters);

        Only(resources, "Microsoft.App/managedEnvironments")["properties"]!["workloadProfiles"]!.AsArray()
            .Select(profile => profile!["workloadProfileType"]!.ToString()).ShouldBe(["Consumption", gpu]);
        GpuTemplate(resources)["scale"]!["maxReplicas"]!.GetValue<int>().ShouldBe(replicas);
        Only(resources, "Microsoft.ContainerRegistry/registries")["sku"]!["name"]!.ToString().ShouldBe(registry);
        Only(resources, "Microsoft.Storage/storageAccounts")["sku"]!["name"]!.ToString().ShouldBe(storage);
        Only(resources, "Microsoft.DurableTask/schedulers")["properties"]!["sku"]!["name"]!.ToString().ShouldBe(scheduler);
        Only(resources, "Microsoft.Web/serverfarms")["sku"]!["name"]!.ToString().ShouldBe("FC1");
    }

    [Fact]
    public async Task No_key_opens_anything_and_identities_have_the_roles_of_the_docs()
    {
        var resources = await bicep.PredictAsync("main");

        Only(resources, "Microsoft.Storage/storageAccounts")["properties"]!["allowSharedKeyAccess"]!.GetValue<bool>().ShouldBeFalse();
        Only(resources, "Microsoft.Insights/components")["properties"]!["DisableLocalAuth"]!.GetValue<bool>().ShouldBeTrue();
        Only(resources, "Microsoft.ContainerRegistry/registries")["properties"]!["adminUserEnabled"]!.GetValue<bool>().ShouldBeFalse();
        string.Concat(resources.Select(resource => resource.ToJsonString())).ShouldNotContain("listKeys");
        Dictionary<string, int> roles = new()
        {
            ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = 1, // Storage Blob Data Owner
            ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = 1, // Storage Queue Data Contributor
            ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = 1, // Storage Table Data Contributor
            ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = 1, // Storage Blob Data Contributor, for who deploys
            ["3913510d-42f4-4e42-8a64-420c390055eb"] = 1, // Monitoring Metrics Publisher
            ["0ad04412-c4d5-4796-b79c-f76d14c8d402"] = 2, // Durable Task Data Contributor, also for who deploys
            ["7f951dda-4ed3-4680-a7ca-43fe172d538d"] = 1, // AcrPull
        };
        All(resources, "Microsoft.Authorization/roleAssignments").Select(role => role["properties"]!["roleDefinitionId"]!.ToString()[^36..])
            .GroupBy(role => role).ToDictionary(group => group.Key, group => group.Count()).ShouldBe(roles, ignoreOrder: true);
    }

    [Fact]
    public async Task The_GPU_app_wakes_from_zero_by_what_waits_in_the_task_hub_and_ends_its_shard_before_it_goes()
    {
        var resources = await bicep.PredictAsync("main");
        var app = Only(resources, "Microsoft.App/containerApps");
        var scale = GpuTemplate(resources)["scale"]!;

        app["kind"].ShouldBeNull("The platform takes no rules from an app of kind functionapp.");
        scale["minReplicas"]!.GetValue<int>().ShouldBe(0);
        var rule = scale["rules"]!.AsArray().ShouldHaveSingleItem()!["custom"]!;
        rule["type"]!.ToString().ShouldBe("azure-durabletask-scheduler");
        rule["identity"]!.ToString().ShouldBe(app["identity"]!["userAssignedIdentities"]!.AsObject().ShouldHaveSingleItem().Key, "The one that may read the hub.");
        var metadata = rule["metadata"]!.AsObject().ToDictionary(item => item.Key, item => item.Value!.ToString());
        metadata.Keys.ShouldBe(["endpoint", "taskhubName", "workItemType", "maxConcurrentWorkItemsCount"], ignoreOrder: true);
        metadata["endpoint"].ShouldContain("Microsoft.DurableTask/schedulers/");
        metadata["taskhubName"].ShouldBe(GpuSettings(resources)[Durable + "hubName"]);
        metadata["workItemType"].ShouldBe("Activity");
        metadata["maxConcurrentWorkItemsCount"].ShouldBe(GpuSettings(resources)[Durable + "maxConcurrentActivityFunctions"], "One replica for each shard that waits.");
        scale["cooldownPeriod"]!.GetValue<int>().ShouldBe(300);
        GpuTemplate(resources)["terminationGracePeriodSeconds"]!.GetValue<int>().ShouldBe(600);
    }

    [Fact]
    public async Task A_GPU_that_is_always_there_is_a_parameter_and_never_more_than_there_may_be()
    {
        var scale = GpuTemplate(await bicep.PredictAsync("main", "param minGpuReplicas = 2"))["scale"]!;

        (scale["minReplicas"]!.GetValue<int>(), scale["maxReplicas"]!.GetValue<int>()).ShouldBe((2, 2));
    }

    [Fact]
    public async Task Both_apps_share_one_task_hub_of_the_scheduler_and_the_GPU_app_takes_one_shard_at_a_time()
    {
        var resources = await bicep.PredictAsync("main");

        var api = Only(resources, "Microsoft.Web/sites/config")["properties"]!.AsObject().ToDictionary(setting => setting.Key, setting => setting.Value!.ToString());
        var gpu = GpuSettings(resources);

        foreach (var settings in new[] { api, gpu })
        {
            settings[Durable + "storageProvider__type"].ShouldBe("azureManaged");
            settings[Durable + "hubName"].ShouldBe("datacentric");
            settings["DURABLE_TASK_SCHEDULER_CONNECTION_STRING"].ShouldContain("Authentication=ManagedIdentity");
            settings["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"].ShouldContain("Authorization=AAD");
            settings["DataCentricStorage__blobServiceUri"].ShouldContain("primaryEndpoints.blob");
            settings["DataCentricStorage__queueServiceUri"].ShouldContain("primaryEndpoints.queue", customMessage: "The blob trigger wants both.");
            settings["DataCentricStorage__credential"].ShouldBe("managedidentity");
        }

        gpu[Durable + "maxConcurrentActivityFunctions"].ShouldBe("1");
        api["DataCentric__Limits__HasAttackWorkers"].ShouldBe("true");
        api["WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED"].ShouldBe("0");
        var host = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(RealData.Root, "host.json")))!;
        host["extensions"]!["durableTask"]!["storageProvider"]!["workItemFilteringEnabled"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Without_a_private_network_there_is_none()
    {
        var resources = await bicep.PredictAsync("main");

        resources.ShouldNotContain(resource => resource["type"]!.ToString().StartsWith("Microsoft.Network/"));
        Only(resources, "Microsoft.Web/sites")["properties"]!["virtualNetworkSubnetId"].ShouldBeNull();
        Only(resources, "Microsoft.App/managedEnvironments")["properties"]!["vnetConfiguration"].ShouldBeNull();
        Only(resources, "Microsoft.Storage/storageAccounts")["properties"]!["networkAcls"].ShouldBeNull();
    }

    [Fact]
    public async Task A_private_network_holds_both_apps_and_closes_storage_and_scheduler_to_the_internet()
    {
        var resources = await bicep.PredictAsync("main", "param privateNetwork = true");

        var network = Only(resources, "Microsoft.Network/virtualNetworks");
        network["properties"]!["subnets"]!.AsArray().Select(subnet => (subnet!["name"]!.ToString(), (string?)subnet["properties"]!["delegations"]!.AsArray().SingleOrDefault()?["properties"]!["serviceName"]))
            .ShouldBe([("functions", "Microsoft.App/environments"), ("gpu", "Microsoft.App/environments"), ("endpoints", null)], "Neither app can share a subnet.");
        Only(resources, "Microsoft.Web/sites")["properties"]!["virtualNetworkSubnetId"]!.ToString().ShouldEndWith("/subnets/functions");
        Only(resources, "Microsoft.App/managedEnvironments")["properties"]!["vnetConfiguration"]!["infrastructureSubnetId"]!.ToString().ShouldEndWith("/subnets/gpu");
        var connections = All(resources, "Microsoft.Network/privateEndpoints").Select(endpoint => endpoint["properties"]!).ToArray();
        connections.ShouldAllBe(endpoint => endpoint["subnet"]!["id"]!.ToString().EndsWith("/subnets/endpoints"));
        connections.Select(endpoint => endpoint["privateLinkServiceConnections"]!.AsArray().Single()!["properties"]!)
            .Select(link => $"{link["groupIds"]!.AsArray().Single()} of {link["privateLinkServiceId"]!.ToString().Split('/')[^2]}")
            .ShouldBe(["blob of storageAccounts", "queue of storageAccounts", "table of storageAccounts", "scheduler of schedulers"], ignoreOrder: true);
        All(resources, "Microsoft.Network/privateDnsZones").Count().ShouldBe(4);
        All(resources, "Microsoft.Network/privateDnsZones").ShouldContain(zone => zone["name"]!.ToString() == "privatelink.durabletask.io");
        All(resources, "Microsoft.Network/privateDnsZones/virtualNetworkLinks").ShouldAllBe(link => link["properties"]!["virtualNetwork"]!["id"]!.ToString().EndsWith("/" + network["name"]));
        All(resources, "Microsoft.Network/privateEndpoints/privateDnsZoneGroups").Count().ShouldBe(4);
        Only(resources, "Microsoft.Storage/storageAccounts")["properties"]!["publicNetworkAccess"]!.ToString().ShouldBe("Disabled");
        Only(resources, "Microsoft.DurableTask/schedulers")["properties"]!["publicNetworkAccess"]!.ToString().ShouldBe("Disabled");
    }

    [Fact]
    public async Task Addresses_that_are_allowed_reach_storage_and_scheduler_and_no_others_do()
    {
        var resources = await bicep.PredictAsync("main", "param privateNetwork = true\nparam allowedAddresses = ['203.0.113.7']");

        var storage = Only(resources, "Microsoft.Storage/storageAccounts")["properties"]!;
        (storage["publicNetworkAccess"]!.ToString(), storage["networkAcls"]!["defaultAction"]!.ToString()).ShouldBe(("Enabled", "Deny"));
        storage["networkAcls"]!["ipRules"]!.AsArray().ShouldHaveSingleItem()!["value"]!.ToString().ShouldBe("203.0.113.7");
        var scheduler = Only(resources, "Microsoft.DurableTask/schedulers")["properties"]!;
        scheduler["publicNetworkAccess"]!.ToString().ShouldBe("Enabled");
        scheduler["ipAllowlist"]!.AsArray().ShouldHaveSingleItem()!.ToString().ShouldBe("203.0.113.7/32");
    }

    private static JsonNode GpuTemplate(IEnumerable<JsonNode> resources) => Only(resources, "Microsoft.App/containerApps")["properties"]!["template"]!;

    private static Dictionary<string, string> GpuSettings(IEnumerable<JsonNode> resources) => GpuTemplate(resources)["containers"]![0]!["env"]!.AsArray()
        .ToDictionary(setting => setting!["name"]!.ToString(), setting => setting!["value"]!.ToString());

    private static IEnumerable<JsonNode> All(IEnumerable<JsonNode> resources, string type) => resources.Where(resource => resource["type"]!.ToString() == type);

    private static JsonNode Only(IEnumerable<JsonNode> resources, string type) => All(resources, type).ShouldHaveSingleItem();
}
