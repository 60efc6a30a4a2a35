using System.Text.Json.Nodes;

namespace DataCentric.Pipeline.Documents.Croissant;

/// <summary>The record sets: classes, the samples as the manifest has them, and with pixels where Parquet or a folder was written.</summary>
internal static class CroissantRecords
{
    private const string Text = "sc:Text";
    private const string Whole = "sc:Integer";
    private const string Real = "sc:Float";

    public static JsonArray Create(RunRecord run, IReadOnlyList<StoredFile> files)
    {
        var sets = new JsonArray((JsonNode)Classes(run), (JsonNode)Samples(run));
        if (CroissantFiles.Has(files, SetFormats.Parquet))
            sets.Add((JsonNode)Parquet());
        if (CroissantFiles.Has(files, SetFormats.Folder))
            sets.Add((JsonNode)Folder());
        return sets;
    }

    private static JsonObject Classes(RunRecord run)
    {
        var set = RecordSet("classes", "The classes, in label order.", [Field("classes/label", Whole, "Class index."), Field("classes/name", Text, "Name of the class.")]);
        set["dataType"] = "sc:Enumeration";
        set["key"] = Reference("classes/label");
        set["data"] = new JsonArray([.. run.Classes.Select((name, label) => (JsonNode)new JsonObject { ["classes/label"] = label, ["classes/name"] = name })]);
        return set;
    }

    private static JsonObject Samples(RunRecord run)
    {
        List<JsonNode> fields =
        [
            Column("index", Whole, "Number of the sample: its row in data.npy and label.npy."),
            Column("source", Text, "Record of the source it was made from."),
            Label(Column("label", Whole, "Class index.")),
            Column("role", Text, "clean, adversarial or corrupted."),
            Column("linf", Whole, "Largest absolute difference to the source, in levels of 0..255."),
            Column("l2", Real, "l2 norm of the difference to the source, in levels of 0..255."),
            Column("sha256", Text, "SHA-256 of the pixels, H x W x 3 bytes."),
        ];
        if (run.Plan.Corrupted > 0)
            fields.Insert(4, Column("kind", Text, "Kind of corruption, where corrupted."));
        if (run.Plan.Corrupted > 0 && run.Request.Corruptions.Severity > 0)
            fields.Insert(5, Column("severity", Whole, "Severity 1 to 5, where corrupted."));
        if (run.FailedShards is not null)
            fields.Insert(4, Column("intended", Text, "What it was to be, adversarial or corrupted, where that failed and it is clean."));
        var set = RecordSet("samples", "One record a sample, from the manifest.", fields);
        set["key"] = Reference("samples/index");
        return set;

        static JsonObject Column(string name, string type, string description)
        {
            var field = Field($"samples/{name}", type, description);
            field["source"] = new JsonObject { ["fileObject"] = Reference(ResultFiles.Manifest), ["extract"] = new JsonObject { ["column"] = name } };
            return field;
        }
    }

    private static JsonObject Parquet()
    {
        var image = FromSet("parquet/image", "sc:ImageObject", "The image.", CroissantFiles.ParquetSet, "column", "image");
        image["source"]!["transform"] = new JsonObject { ["jsonPath"] = "bytes" };
        return RecordSet("parquet", "Images with labels, from the Parquet files.",
        [
            image,
            Label(FromSet("parquet/label", Whole, "Class index.", CroissantFiles.ParquetSet, "column", "label")),
            FromSet("parquet/index", Whole, "Number of the sample.", CroissantFiles.ParquetSet, "column", "index"),
        ]);
    }

    private static JsonObject Folder() => RecordSet("folder", "Images, from the folders of the classes.",
    [
        FromSet("folder/image", "sc:ImageObject", "The image.", CroissantFiles.FolderSet, "fileProperty", "content"),
        FromSet("folder/file", Text, "Path of the file; its folder names the class.", CroissantFiles.FolderSet, "fileProperty", "fullpath"),
    ]);

    private static JsonObject FromSet(string id, string type, string description, string set, string extract, string value)
    {
        var field = Field(id, type, description);
        field["source"] = new JsonObject { ["fileSet"] = Reference(set), ["extract"] = new JsonObject { [extract] = value } };
        return field;
    }

    private static JsonObject Label(JsonObject field)
    {
        field["dataType"] = new JsonArray(Whole, "cr:Label");
        field["references"] = new JsonObject { ["field"] = Reference("classes/label") };
        return field;
    }

    private static JsonObject RecordSet(string id, string description, IEnumerable<JsonNode> fields) => new()
    {
        ["@type"] = "cr:RecordSet",
        ["@id"] = id,
        ["name"] = id,
        ["description"] = description,
        ["field"] = new JsonArray([.. fields]),
    };

    private static JsonObject Field(string id, string type, string description) => new()
    {
        ["@type"] = "cr:Field",
        ["@id"] = id,
        ["name"] = id,
        ["description"] = description,
        ["dataType"] = type,
    };

    private static JsonObject Reference(string id) => new() { ["@id"] = id };
}
