using System.Text.Json.Nodes;

namespace DataCentric.Pipeline.Documents.Croissant;

/// <summary>JSON-LD context of Croissant 1.1, appendix 1, and the prefix of the PROV ontology.</summary>
internal static class CroissantContext
{
    /// <summary>What the document conforms to.</summary>
    public const string Version = "http://mlcommons.org/croissant/1.1";

    /// <summary>The appendix has http; the reference implementation and the large hubs write https, and it reads nothing else.</summary>
    private const string SchemaOrg = "https://schema.org/";

    private static readonly string[] Terms =
    [
        "annotation", "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "excludes", "extract", "field", "fileProperty",
        "fileObject", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "recordSet",
        "references", "regex", "readLines", "sdVersion", "separator", "source", "subField", "transform", "unArchive", "value",
    ];

    public static JsonObject Create()
    {
        var context = new JsonObject
        {
            ["@language"] = "en",
            ["@vocab"] = SchemaOrg,
            ["sc"] = SchemaOrg,
            ["cr"] = "http://mlcommons.org/croissant/",
            ["rai"] = "http://mlcommons.org/croissant/RAI/",
            ["dct"] = "http://purl.org/dc/terms/",
            ["prov"] = "http://www.w3.org/ns/prov#",
            ["conformsTo"] = "dct:conformsTo",
            ["data"] = Typed("cr:data", "@json"),
            ["dataType"] = Typed("cr:dataType", "@vocab"),
            ["examples"] = Typed("cr:examples", "@json"),
        };
        foreach (var term in Terms)
            context[term] = $"cr:{term}";
        return context;
    }

    private static JsonObject Typed(string id, string type) => new() { ["@id"] = id, ["@type"] = type };
}
