using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DataCentric.Pipeline.Model;

namespace DataCentric.Functions.Tests;

/// <summary>What the app says of its calls, against the app as the build has made it.</summary>
public sealed partial class OpenApiTests
{
    private static readonly JsonObject Description = OpenApi.Describe();

    [Fact]
    public void Every_call_of_the_app_is_described_and_no_other()
    {
        var built = FunctionListTests.Functions("DataCentric.Functions").Values
            .SelectMany(function => function["bindings"]!.AsArray()).Where(binding => binding!["type"]!.ToString() == "httpTrigger")
            .SelectMany(binding => binding!["methods"]!.AsArray().Select(method => $"{method} /api/{binding["route"]!.ToString().Replace("?}", "}", StringComparison.Ordinal)}"));

        Described().Order(StringComparer.Ordinal).ShouldBe(built.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_file_of_requests_has_every_call_and_no_other()
    {
        var text = File.ReadAllText(Path.Combine(RealData.Root, "src", "DataCentric.Functions.Local", "test.http"));
        var called = Request().Matches(text).Select(request => $"{request.Groups["method"].Value.ToLowerInvariant()} {request.Groups["path"].Value}").ToArray();

        called.Select(call => Described().Single(described => IsCallOf(call, described))).Distinct().ShouldBe(Described(), ignoreOrder: true);
        called.Length.ShouldBeGreaterThan(Described().Length, "The report is asked for with and without a file.");
        text.Split("x-functions-key: {{key}}").Length.ShouldBe(called.Length + 1, "Each call has a key.");
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
    public void Runs_are_a_page_too_and_what_is_accepted_says_when_to_look_again()
    {
        Description["paths"]!["/api/runs"]!["get"]!["responses"]!["200"]!["content"]!.AsObject().Select(content => content.Key).ShouldBe(["application/json", "text/html"]);

        var accepted = Description["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(call => call.Value!["responses"]!["202"]).OfType<JsonNode>().ToArray();
        accepted.Length.ShouldBe(3);
        accepted.ShouldAllBe(answer => answer["headers"]!["Retry-After"] != null);
    }

    [Fact]
    public void Every_reference_leads_to_a_schema()
    {
        var schemas = Description["components"]!["schemas"]!.AsObject().Select(schema => $"#/components/schemas/{schema.Key}").ToHashSet();

        References(Description).Distinct().ShouldBe(schemas, ignoreOrder: true);
    }

    /// <summary>The described calls, such as <c>get /api/runs/{runId}</c>.</summary>
    private static string[] Described() =>
        [.. Description["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(call => $"{call.Key} {path.Key}"))];

    private static bool IsCallOf(string call, string described) =>
        Regex.IsMatch(call, $"^{Parameter().Replace(described.Replace("/{file}", "(/{file})?", StringComparison.Ordinal), "[^/]+")}$");

    [GeneratedRegex(@"^(?<method>[A-Z]+) \{\{app\}\}(?<path>[^\s?]+)", RegexOptions.Multiline)]
    private static partial Regex Request();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "$ref" ? [member.Value!.ToString()] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
