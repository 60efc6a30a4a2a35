using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataCentric.Pipeline.Model;

/// <summary>Reads <see cref="EnhancementChoices"/> from JSON that a user wrote, and finds everything that is wrong in it at once.</summary>
internal static class ChoicesJson
{
    /// <summary>Longest text that is read, in characters.</summary>
    public const int LongestText = 64 * 1024;

    /// <summary>Most that is told of one text: an answer is not to be a thousand times as long as what it answers.</summary>
    public const int MostProblems = 20;

    /// <summary>Deepest nesting that is read; no option needs more than a list.</summary>
    private const int MostDepth = 8;

    private const int LongestQuote = 80;
    private const BindingFlags Members = BindingFlags.Public | BindingFlags.Instance;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MostDepth };

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
        var found = new List<string>();
        foreach (var (name, value) in Parse(text, found))
        {
            if (!Options.TryGetValue(name, out var option))
                found.Add($"{Quote(name)}: there is no such option; expected one of {string.Join(", ", Names)}.");
            else if (CanRead(value, option.PropertyType))
                readable[name] = value?.DeepClone();
            else
                found.Add($"{name}: expected {Expected(option.PropertyType)}, not {Quote(TextOf(value!))}.");
        }

        foreach (var problem in found.Take(MostProblems))
            problems.Add(problem);
        if (found.Count > MostProblems)
            problems.Add($"... and {found.Count - MostProblems} more.");
        return readable.Deserialize<EnhancementChoices>(PipelineJson.Compact)!;
    }

    private static JsonObject Parse(string text, List<string> problems)
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
            if (JsonNode.Parse(text, documentOptions: Strict) is JsonObject members && members.Count >= 0) // Counting reads all names.
                return members;
            problems.Add("The options must be a JSON object, such as {\"dataset\": \"my-set\", \"split\": \"0:1:4\"}.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException) // The latter: half of a surrogate pair.
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
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string TextOf(JsonNode value)
    {
        try
        {
            return value.ToJsonString();
        }
        catch (InvalidOperationException)
        {
            return "a text that is no Unicode";
        }
    }

    private static string Quote(string text) => text.Length <= LongestQuote ? text : text[..LongestQuote] + "...";

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
        if (type == typeof(ScoringRequest))
            return $"an object of {string.Join(", ", type.GetProperties(Members).Select(member => $"{JsonNamingPolicy.CamelCase.ConvertName(member.Name)} ({Expected(member.PropertyType)})"))}";
        if (type == typeof(IReadOnlyList<double>))
            return "a list of numbers";
        return type == typeof(IReadOnlyList<ulong>) ? "a list of whole numbers" : "a whole number";
    }
}
