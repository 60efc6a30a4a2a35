using System.Text.Json.Nodes;
using DataCentric.Pipeline.Model;

namespace DataCentric.Functions.Tests;

/// <summary>What the app says of its calls, against the app as the build has made it.</summary>
public sealed class OpenApiTests
{
    private static readonly JsonObject Description = OpenApi.Describe();

    [Fact]
    public void Every_call_of_the_app_is_described_and_no_other()
    {
        var described = Description["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(call => $"{call.Key} {path.Key}"));
        var built = FunctionListTests.Functions("DataCentric.Functions").Values
            .SelectMany(function => function["bindings"]!.AsArray()).Where(binding => binding!["type"]!.ToString() == "httpTrigger")
            .SelectMany(binding => binding!["methods"]!.AsArray().Select(method => $"{method} /api/{binding["route"]!.ToString().Replace("?}", "}", StringComparison.Ordinal)}"));

        described.Order(StringComparer.Ordinal).ShouldBe(built.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_start_has_all_options_with_their_types()
    {
        var members = Description["components"]!["schemas"]!["Start"]!["properties"]!.AsObject();

        members.Select(member => member.Key).ShouldBe(EnhancementChoices.Options.Select(option => option.JsonName));
        members["seed"]!["type"]!.ToString().ShouldBe("integer");
        members["architectures"]!["items"]!["type"]!.ToString().ShouldBe("string");
        members["smoothing"]!["enum"]!.AsArray().Select(word => word!.ToString()).ShouldContain("before-momentum");
        members["score"]!["properties"]!["seeds"]!["items"]!["type"]!.ToString().ShouldBe("integer");
    }

    [Fact]
    public void Every_reference_leads_to_a_schema()
    {
        var schemas = Description["components"]!["schemas"]!.AsObject().Select(schema => $"#/components/schemas/{schema.Key}").ToHashSet();

        References(Description).Distinct().ShouldBe(schemas, ignoreOrder: true);
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "$ref" ? [member.Value!.ToString()] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
