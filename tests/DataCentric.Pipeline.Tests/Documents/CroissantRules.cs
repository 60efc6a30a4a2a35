using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DataCentric.Pipeline.Tests.Documents;

/// <summary>
/// The rules of the Croissant 1.1 specification (docs.mlcommons.org/croissant, published 2026-01-29) that a document must keep, as code:
/// what is required, what a property may hold, and that every reference leads somewhere. Written from the text of the specification, not
/// from this project's writer.
/// </summary>
internal static partial class CroissantRules
{
    private const string Namespace = "http://mlcommons.org/croissant/";

    private static readonly string[] AtomicTypes =
        ["sc:Boolean", "sc:Date", "sc:Time", "sc:DateTime", "sc:Float", "sc:Integer", "sc:Text", "sc:ImageObject", "sc:VideoObject", "cr:BoundingBox"];

    /// <summary>What breaks the rules, a sentence each.</summary>
    public static IReadOnlyList<string> Check(JsonNode document)
    {
        var breaches = new List<string>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        Dataset(document, breaches);
        foreach (var file in Many(document["distribution"]))
            Resource(file, ids, breaches);
        foreach (var set in Many(document["recordSet"]))
            RecordSet(set, ids, breaches);
        foreach (var reference in References(document))
        {
            if (!ids.Contains(reference) && reference != (string?)document["prov:wasDerivedFrom"]?["@id"])
                breaches.Add($"Nothing has the @id '{reference}' that is referred to.");
        }

        return breaches;
    }

    // "Required": @context, @type, dct:conformsTo, description, license, name, url, creator, datePublished.
    private static void Dataset(JsonNode document, List<string> breaches)
    {
        foreach (var property in new[] { "@context", "@type", "conformsTo", "description", "license", "name", "url", "creator", "datePublished" })
            Expect(document[property] is not null, $"{property} is required of a dataset.", breaches);
        Expect((string?)document["@type"] is "sc:Dataset" or "Dataset", "@type must be schema.org/Dataset.", breaches);
        Expect(Many(document["conformsTo"]).Any(value => (string?)value == Namespace + "1.1"), "conformsTo must name version 1.1.", breaches);
        Expect((string?)document["@context"]?["cr"] == Namespace, "The context must define the prefix cr.", breaches);
        Expect((string?)document["@context"]?["@vocab"] is "http://schema.org/" or "https://schema.org/", "The context must have schema.org as its vocabulary.", breaches);
        Expect((string?)document["@context"]?["data"]?["@type"] == "@json", "The context must give data the type @json.", breaches);
        Expect((string?)document["@context"]?["dataType"]?["@type"] == "@vocab", "The context must give dataType the type @vocab.", breaches);
        Expect(Many(document["license"]).All(IsUrlOrWork), "license must be a URL or a CreativeWork.", breaches);
        Expect(Many(document["creator"]).All(creator => (string?)creator["@type"] is "sc:Organization" or "sc:Person"), "creator must be an organisation or a person.", breaches);
        Expect(DateOnly.TryParseExact((string?)document["datePublished"], "yyyy-MM-dd", out _), "datePublished must be a date.", breaches);
        Expect(Uri.TryCreate((string?)document["url"], UriKind.Absolute, out _), "url must be a URL.", breaches);
        Expect(document["version"] is null || SemanticVersion().IsMatch((string)document["version"]!), "version should be MAJOR.MINOR.PATCH.", breaches);
        if (document["prov:wasDerivedFrom"] is not null || document["prov:wasGeneratedBy"] is not null)
            Expect((string?)document["@context"]?["prov"] == "http://www.w3.org/ns/prov#", "The context must define the prefix prov where it is used.", breaches);
    }

    private static void Resource(JsonNode file, HashSet<string> ids, List<string> breaches)
    {
        var id = Identify(file, ids, breaches);
        Expect(Many(file["encodingFormat"]).Any(), $"{id}: encodingFormat is required.", breaches);
        switch ((string?)file["@type"])
        {
            case "cr:FileObject":
                Expect(file["contentUrl"] is not null, $"{id}: a FileObject needs a contentUrl.", breaches);
                Expect(Sha256().IsMatch((string?)file["sha256"] ?? ""), $"{id}: a FileObject needs its SHA-256.", breaches);
                Expect(Size().IsMatch((string?)file["contentSize"] ?? "0 B"), $"{id}: contentSize must be a number with a unit.", breaches);
                break;
            case "cr:FileSet":
                Expect(Many(file["includes"]).Any(), $"{id}: a FileSet needs a pattern.", breaches);
                break;
            default:
                breaches.Add($"{id}: a distribution holds FileObjects and FileSets only.");
                break;
        }
    }

    private static void RecordSet(JsonNode set, HashSet<string> ids, List<string> breaches)
    {
        var id = Identify(set, ids, breaches);
        Expect((string?)set["@type"] == "cr:RecordSet", $"{id}: @type must be cr:RecordSet.", breaches);
        Expect(Many(set["field"]).Any(), $"{id}: a RecordSet needs fields.", breaches);
        var hasData = set["data"] is JsonArray;
        if (Many(set["dataType"]).Any(type => (string?)type == "sc:Enumeration"))
            Expect(set["key"] is not null && Many(set["field"]).Any(field => (string?)field["@id"] == $"{id}/name"), $"{id}: an enumeration needs a key and a name.", breaches);
        foreach (var field in Many(set["field"]))
        {
            var fieldId = Identify(field, ids, breaches);
            Expect((string?)field["@type"] == "cr:Field", $"{fieldId}: @type must be cr:Field.", breaches);
            Expect(fieldId.StartsWith($"{id}/", StringComparison.Ordinal), $"{fieldId}: a field's @id should begin with that of its record set.", breaches);
            Expect(Many(field["dataType"]).Any(type => AtomicTypes.Contains((string?)type)), $"{fieldId}: at least one dataType must be atomic.", breaches);
            Expect(hasData || field["source"] is not null, $"{fieldId}: a field needs a source, or its record set data.", breaches);
        }

        foreach (var record in set["data"] as JsonArray ?? [])
            Expect(record!.AsObject().All(member => ids.Contains(member.Key)), $"{id}: data must be keyed by the @ids of fields.", breaches);
    }

    private static string Identify(JsonNode node, HashSet<string> ids, List<string> breaches)
    {
        var id = (string?)node["@id"] ?? "";
        Expect(id.Length > 0 && ids.Add(id), $"@id '{id}' is missing or not unique.", breaches);
        Expect(node["name"] is not null, $"{id}: name is missing.", breaches);
        return id;
    }

    /// <summary>All <c>{"@id": ...}</c> that hold nothing else: these refer, all others define.</summary>
    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } reference when reference["@id"] is JsonValue id => [(string)id!],
        JsonObject members => members.Where(member => member.Key is not ("@context" or "data")).SelectMany(member => References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private static IEnumerable<JsonNode> Many(JsonNode? node) => node switch { null => [], JsonArray items => items.OfType<JsonNode>(), _ => [node] };

    private static bool IsUrlOrWork(JsonNode license) => license is JsonObject
        ? (string?)license["@type"] == "sc:CreativeWork"
        : Uri.TryCreate((string?)license, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    private static void Expect(bool holds, string breach, List<string> breaches)
    {
        if (!holds)
            breaches.Add(breach);
    }

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Sha256();

    [GeneratedRegex("^[0-9]+ [kMGT]?B$")]
    private static partial Regex Size();

    [GeneratedRegex(@"^[0-9]+\.[0-9]+\.[0-9]+")]
    private static partial Regex SemanticVersion();
}
