using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataCentric.Pipeline.Requests;

/// <summary>Reads <see cref="EnhancementChoices"/> from JSON that a user wrote, and finds everything that is wrong in it at once.</summary>
public static class ChoicesJson
{
    /// <summary>Longest text that is read, in characters.</summary>
    public const int LongestText = 64 * 1024;

    private static readonly Dictionary<string, PropertyInfo> Options =
        typeof(EnhancementChoices).GetProperties().ToDictionary(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));

    /// <summary>Names that may stand in the JSON.</summary>
    public static IReadOnlyCollection<string> Names => Options.Keys;

    /// <summary>Reads choices.</summary>
    /// <param name="text">A JSON object; empty text is one without members.</param>
    /// <param name="problems">What is wrong, a sentence each, is added here.</param>
    /// <returns>The choices, without those that cannot be read.</returns>
    public static EnhancementChoices Read(string text, ICollection<string> problems)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(problems);
        var readable = new JsonObject();
        foreach (var (name, value) in Parse(text, problems))
        {
            if (!Options.TryGetValue(name, out var option))
                problems.Add($"{name}: there is no such option; expected one of {string.Join(", ", Names)}.");
            else if (CanRead(value, option.PropertyType))
                readable[name] = value?.DeepClone();
            else
                problems.Add($"{name}: expected {Expected(option.PropertyType)}, not {value!.ToJsonString()}.");
        }

        return readable.Deserialize<EnhancementChoices>(PipelineJson.Compact)!;
    }

    private static JsonObject Parse(string text, ICollection<string> problems)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];
        if (text.Length > LongestText)
        {
            problems.Add($"The options have {text.Length} characters; at most {LongestText} are read.");
            return [];
        }

        try
        {
            if (JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) is JsonObject members)
                return members;
            problems.Add("The options must be a JSON object, such as {\"dataset\": \"my-set\", \"split\": \"0:1:4\"}.");
        }
        catch (JsonException exception)
        {
            problems.Add($"The options are no JSON: {exception.Message}");
        }

        return [];
    }

    private static bool CanRead(JsonNode? value, Type type)
    {
        try
        {
            return value is null || value.Deserialize(type, PipelineJson.Compact) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Expected(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
            return string.Join(" or ", Enum.GetNames(type).Select(name => $"\"{JsonNamingPolicy.KebabCaseLower.ConvertName(name)}\""));
        if (type == typeof(string))
            return "a text";
        if (type == typeof(double))
            return "a number";
        if (type == typeof(IReadOnlyList<string>))
            return "a list of texts";
        return type == typeof(IReadOnlyList<double>) ? "a list of numbers" : "a whole number";
    }
}
