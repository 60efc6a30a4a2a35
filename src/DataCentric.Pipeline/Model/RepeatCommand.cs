using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace DataCentric.Pipeline.Model;

/// <summary>The command line that asks for a request again: what differs from the defaults, and nothing else.</summary>
internal static class RepeatCommand
{
    private static readonly PropertyInfo[] Options = typeof(EnhancementChoices).GetProperties();

    /// <summary>The command, in the words of a POSIX shell.</summary>
    /// <param name="request">The request.</param>
    public static string Of(EnhancementRequest request) => string.Join(' ', Words(request).Select(Quoted));

    /// <summary>Its words before quoting.</summary>
    /// <param name="request">The request.</param>
    public static IEnumerable<string> Words(EnhancementRequest request)
    {
        var choices = EnhancementChoices.Of(request);
        yield return "datacentric";
        yield return "enhance";
        foreach (var option in Options)
        {
            if (option.GetValue(choices) is not { } value)
                continue;
            if (value is ScoringRequest score)
            {
                foreach (var word in Words(score))
                    yield return word;
                continue;
            }

            yield return $"--{JsonNamingPolicy.KebabCaseLower.ConvertName(option.Name)}";
            if (option.Name == nameof(EnhancementChoices.SurrogateModels))
            {
                foreach (var model in request.SurrogateModels!)
                    yield return model;
            }
            else
            {
                yield return Text(value);
            }
        }

        yield return "--out";
        yield return "enhanced";
    }

    private static string[] Words(ScoringRequest score)
    {
        var usual = new ScoringRequest();
        string[] words = ["--score", score.Test];
        if (!score.Architectures.SequenceEqual(usual.Architectures))
            words = [.. words, "--score-arch", Text(score.Architectures)];
        if (!score.Seeds.SequenceEqual(usual.Seeds))
            words = [.. words, "--score-seeds", Text(score.Seeds)];
        return score.Epochs is { } epochs ? [.. words, "--score-epochs", Text(epochs)] : words;
    }

    private static string Text(object value) => value switch
    {
        string text => text,
        Enum word => JsonNamingPolicy.KebabCaseLower.ConvertName(word.ToString()),
        IEnumerable list => string.Join(',', list.Cast<object>().Select(Text)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Quoted(string word) => word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./:,+=%@".Contains(letter, StringComparison.Ordinal))
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
