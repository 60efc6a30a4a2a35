using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataCentric.Imaging.Formats;

/// <summary>What the Hugging Face <c>datasets</c> library notes of the columns of a Parquet file, under the key <c>huggingface</c> (<c>Features.to_dict</c>).</summary>
internal sealed class HuggingFaceInfo
{
    private const string Key = "huggingface";

    private readonly string _path;
    private readonly JsonObject? _features;

    /// <summary>Reads it.</summary>
    /// <param name="metadata">Keys and values of the file.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="InputException">It is no JSON.</exception>
    public HuggingFaceInfo(IReadOnlyDictionary<string, string> metadata, string path)
    {
        _path = path;
        try
        {
            _features = metadata.TryGetValue(Key, out var text) && text is not null && JsonNode.Parse(text) is JsonObject root
                ? (root["info"] as JsonObject)?["features"] as JsonObject
                : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new InputException($"{path}: the metadata \"{Key}\", which name the classes, are broken: {e.Message}", e);
        }
    }

    /// <summary>Whether a column is said to hold classes.</summary>
    public bool IsClassLabel(string column) => Feature(column) is not null;

    /// <summary>Names of a column's classes in label order; null where there are none.</summary>
    /// <exception cref="InputException">One is missing or stands there twice.</exception>
    public IReadOnlyList<string>? ClassesOf(string column)
    {
        if (Feature(column)?["names"] is not JsonArray { Count: > 0 } names)
            return null;
        string[] classes = [.. names.Select(name => name is JsonValue value && value.TryGetValue<string>(out var text) ? text : "")];
        var bad = Array.FindIndex(classes, name => name.Length == 0 || classes.Count(other => other == name) > 1);
        return bad < 0 && classes.Length <= ClassNames.Limit
            ? classes
            : throw new InputException($"{_path}: the metadata \"{Key}\" name {classes.Length} classes of column {column}, of which {(bad < 0 ? "there are too many" : $"the one of label {bad} is missing or there twice")}.");
    }

    private JsonObject? Feature(string column) =>
        _features?[column] is JsonObject feature && feature["_type"] is JsonValue type && type.TryGetValue<string>(out var name) && name == "ClassLabel" ? feature : null;
}
