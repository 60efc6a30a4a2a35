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

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MostDepth };

    /// <summary>Names that may stand in the JSON.</summary>
    public static IEnumerable<string> Names => EnhancementChoices.Options.Select(option => option.JsonName);

    /// <summary>Reads choices.</summary>
    /// <param name="text">A JSON object; empty text is one without members.</param>
    /// <param name="problems">What is wrong, a sentence each, is added here.</param>
    /// <returns>The choices, without those that cannot be read.</returns>
    public static EnhancementChoices Read(string text, ICollection<string> problems) => Read(text, problems, out _);

    /// <summary>Reads choices.</summary>
    /// <param name="text">A JSON object; empty text is one without members.</param>
    /// <param name="problems">What is wrong, a sentence each, is added here.</param>
    /// <param name="isObject">Whether the text is one at all; what is not has no choices of which anything could be said.</param>
    /// <returns>The choices, without those that cannot be read.</returns>
    public static EnhancementChoices Read(string text, ICollection<string> problems, out bool isObject)
    {
        var choices = new EnhancementChoices();
        var found = new List<string>();
        var members = Parse(text, found);
        isObject = found.Count == 0;
        foreach (var (name, value) in members)
        {
            if (EnhancementChoices.Options.FirstOrDefault(option => option.JsonName == name) is not { } option)
                found.Add($"{Quote(name)}: there is no such option; expected one of {string.Join(", ", Names)}.");
            else if (value is not null)
                choices[name] = Read(option, value, found);
        }

        foreach (var problem in found.Take(MostProblems))
            problems.Add(problem);
        if (found.Count > MostProblems)
            problems.Add($"... and {found.Count - MostProblems} more.");
        return choices;
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
            problems.Add($"The options are not JSON: {exception.Message}");
        }

        return [];
    }

    private static object? Read(OptionEntry option, JsonNode value, List<string> problems)
    {
        try
        {
            return value.Deserialize(option.Type, PipelineJson.Compact);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            problems.Add($"{option.JsonName}: expected {Expected(option)}, not {Quote(TextOf(value))}.");
        }
        catch (InputException exception)
        {
            problems.Add(exception.Message);
        }

        return null;
    }

    private static string TextOf(JsonNode value)
    {
        try
        {
            return value.ToJsonString();
        }
        catch (InvalidOperationException)
        {
            return "a text that is not Unicode";
        }
    }

    private static string Quote(string text) => text.Length <= LongestQuote ? text : text[..LongestQuote] + "...";

    private static string Expected(OptionEntry option)
    {
        if (option.Members.Count > 0)
            return $"an object of {string.Join(", ", option.Members.Select(member => $"{member.JsonName} ({Expected(member)})"))}";
        if (option.Type.IsEnum)
            return string.Join(" or ", option.Words.Select(word => $"\"{word}\""));
        return OptionText.MemberOf(option.Type) is { } member ? $"a list of {Noun(member)}s" : $"a {Noun(option.Type)}";
    }

    private static string Noun(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int32 or TypeCode.UInt64 => "whole number",
        TypeCode.Double => "number",
        _ => "text",
    };
}
