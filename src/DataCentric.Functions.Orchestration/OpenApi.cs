using System.Text.Json.Nodes;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Results;

namespace DataCentric.Functions;

/// <summary>The HTTP calls as OpenAPI 3.1. The body of a start is made of the table of options; a test holds the calls to the functions.</summary>
internal static class OpenApi
{
    private static readonly Call[] Calls =
    [
        new("get", "runs", "listRuns", "Runs, the latest first; for a browser as a page.", "200 400") { Answer = "RunList", Queries = ["state"], IsPageToo = true },
        new("post", "runs", "startRun", "Starts a run, or finds one that is finished.", "202 400 409") { Takes = "Start" },
        new("get", "runs/{runId}", "getRun", "Where a run stands, and its summary when it is completed.", "200 404") { Answer = "Run" },
        new("delete", "runs/{runId}", "purgeRun", "Removes what a run that was given up has left, and its history.", "200 404 409"),
        new("post", "runs/{runId}/terminate", "terminateRun", "Terminates a run, and its activities within seconds.", "202 404 409"),
        new("post", "runs/{runId}/restart", "restartRun", "Starts a run that ended once more; what is finished is found again.", "202 404 409"),
        new("get", "runs/{runId}/report/{file}", "getReport", $"A file of a finished run: {string.Join(", ", RunReport.Files)}; without one the report, or the page of its progress.", "200 404"),
        new("get", "openapi.json", "getOpenApi", "This description.", "200"),
    ];

    private static readonly Dictionary<string, string> Meanings = new()
    {
        ["200"] = "Done.",
        ["202"] = "Accepted.",
        ["400"] = "Something is wrong with the call.",
        ["404"] = "There is no such run, or no such file of it.",
        ["409"] = "The run is in no state for this.",
    };

    /// <summary>Makes the description.</summary>
    public static JsonObject Describe()
    {
        var paths = new JsonObject();
        foreach (var route in Calls.GroupBy(call => call.Route))
            paths[$"/api/{route.Key}"] = new JsonObject(route.Select(call => KeyValuePair.Create(call.Method, (JsonNode?)Operation(call))));
        return new()
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "DataCentric.Functions", ["version"] = typeof(OpenApi).Assembly.GetName().Version!.ToString(3) },
            ["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["key"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "x-functions-key" } },
                ["schemas"] = Schemas(),
            },
        };
    }

    private static JsonObject Operation(Call call)
    {
        var operation = new JsonObject { ["operationId"] = call.Id, ["summary"] = call.Summary };
        var parameters = new JsonArray();
        foreach (var name in call.Route.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}')))
            parameters.Add(Parameter(name, "path", Text()));
        foreach (var name in call.Queries)
            parameters.Add(Parameter(name, "query", Text($"Some of {string.Join(", ", RunPhases.Words)}, separated by commas; all where there are none.")));
        if (parameters.Count > 0)
            operation["parameters"] = parameters;
        if (call.Takes is { } takes)
            operation["requestBody"] = Content(new JsonObject { ["required"] = true }, takes);
        operation["responses"] = new JsonObject(call.Statuses.Split(' ').Select(status => KeyValuePair.Create(status, (JsonNode?)Response(call, status))));
        return operation;
    }

    private static JsonObject Parameter(string name, string place, JsonObject schema) =>
        new() { ["name"] = name, ["in"] = place, ["required"] = place == "path", ["schema"] = schema };

    private static JsonObject Response(Call call, string status)
    {
        var response = new JsonObject { ["description"] = Meanings[status] };
        if (status == "202")
            response["headers"] = new JsonObject { ["Retry-After"] = new JsonObject { ["description"] = "Seconds after which to look again.", ["schema"] = Plain("integer") } };
        if (status[0] == '4')
            return Content(response, "Problems");
        if (status != "200" || call.Answer is not { } answer)
            return response;
        Content(response, answer);
        if (call.IsPageToo)
            response["content"]!["text/html"] = new JsonObject { ["schema"] = Text() };
        return response;
    }

    private static JsonObject Content(JsonObject holder, string schema)
    {
        holder["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Reference(schema) } };
        return holder;
    }

    private static JsonObject Schemas() => new()
    {
        ["Start"] = Object(["dataset"], [.. EnhancementChoices.Options.Select(option => (option.JsonName, SchemaOf(option)))]),
        ["Run"] = Object(
            ["runId", "dataset", "state", "startedAt", "changedAt", "reportUri"],
            ("runId", Text()), ("dataset", Text()), ("state", Words(RunPhases.Words)), ("startedAt", Text(format: "date-time")), ("changedAt", Text(format: "date-time")),
            ("reportUri", Text()), ("status", Plain("object")), ("problem", Text()), ("summary", Plain("object"))),
        ["RunList"] = Object(["runs", "more"], ("runs", List(Reference("Run"))), ("more", Plain("boolean"))),
        ["Problems"] = Object(["problems"], ("problems", List(Text()))),
    };

    private static JsonObject SchemaOf(OptionEntry option)
    {
        var schema = option.Members.Count > 0 ? Object([], [.. option.Members.Select(member => (member.JsonName, SchemaOf(member)))])
            : option.Type.IsEnum ? Words(option.Words)
            : OptionText.MemberOf(option.Type) is { } member ? List(Plain(TypeOf(member)))
            : Plain(TypeOf(option.Type));
        if (option.Members.Count == 0)
            schema["description"] = option.Help;
        return schema;
    }

    private static string TypeOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int32 or TypeCode.UInt64 => "integer",
        TypeCode.Double => "number",
        TypeCode.Boolean => "boolean",
        _ => "string",
    };

    private static JsonObject Object(string[] required, params (string Name, JsonObject Schema)[] members)
    {
        var schema = Plain("object");
        schema["properties"] = new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Schema)));
        if (required.Length > 0)
            schema["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]);
        return schema;
    }

    private static JsonObject Text(string? description = null, string? format = null)
    {
        var schema = Plain("string");
        foreach (var (name, value) in new[] { ("description", description), ("format", format) }.Where(pair => pair.Item2 is not null))
            schema[name] = value;
        return schema;
    }

    private static JsonObject Words(IEnumerable<string> words)
    {
        var schema = Plain("string");
        schema["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]);
        return schema;
    }

    private static JsonObject List(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    private static JsonObject Plain(string type) => new() { ["type"] = type };

    private static JsonObject Reference(string schema) => new() { ["$ref"] = $"#/components/schemas/{schema}" };

    /// <summary>A call.</summary>
    private sealed record Call(string Method, string Route, string Id, string Summary, string Statuses)
    {
        public string? Takes { get; init; }

        public string? Answer { get; init; }

        public string[] Queries { get; init; } = [];

        /// <summary>Whether a caller who wants text/html gets a page.</summary>
        public bool IsPageToo { get; init; }
    }
}
