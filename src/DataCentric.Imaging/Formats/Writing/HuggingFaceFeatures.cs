using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataCentric.Imaging.Formats.Writing;

/// <summary>
/// What the columns of a set are, in the words of the Hugging Face <c>datasets</c> library (<c>Features.to_dict</c>): without it a
/// viewer shows bytes where images are, and numbers where class names are.
/// </summary>
internal static class HuggingFaceFeatures
{
    /// <summary>The columns of <see cref="ParquetImageWriter"/>.</summary>
    /// <param name="info">Classes and kind of labels.</param>
    /// <returns>The value of the metadata key <c>huggingface</c>.</returns>
    public static string Describe(ImageSetInfo info)
    {
        var features = new JsonObject
        {
            ["image"] = new JsonObject { ["_type"] = "Image" },
            ["label"] = new JsonObject { ["names"] = JsonSerializer.SerializeToNode(info.Classes), ["_type"] = "ClassLabel" },
        };
        if (info.HasSoftLabels)
            features["probabilities"] = new JsonObject { ["feature"] = Value("float32"), ["_type"] = "Sequence" };
        foreach (var (name, type) in ProvenanceColumns)
            features[name] = Value(type);
        return new JsonObject { ["info"] = new JsonObject { ["features"] = features } }.ToJsonString();
    }

    /// <summary>Columns of <see cref="SampleProvenance"/> with their types, in order.</summary>
    public static IReadOnlyList<(string Name, string Type)> ProvenanceColumns { get; } =
    [
        ("index", "int64"), ("source", "string"), ("role", "string"), ("kind", "string"), ("parameter_set", "string"),
        ("severity", "int32"), ("linf", "int32"), ("l2", "float64"), ("sha256", "string"),
    ];

    private static JsonObject Value(string type) => new() { ["dtype"] = type, ["_type"] = "Value" };
}
