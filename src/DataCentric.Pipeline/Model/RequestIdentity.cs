using System.Text.Json.Nodes;

namespace DataCentric.Pipeline.Model;

/// <summary>What makes two requests the same: everything that the resulting bytes depend on.</summary>
public static class RequestIdentity
{
    private const int RunIdDigits = 16;

    /// <summary>Canonical text of a request, without run id, place of the data set, shard size, tolerated failures, formats and their files, name, licence, version, score, and options of a training that is not done or of scores that are not asked for.</summary>
    /// <param name="request">The request.</param>
    public static string Of(EnhancementRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var surrogates = request.SurrogateModels is not null ? new SurrogateOptions()
            : request.SurrogateInit is not null ? request.Surrogates with { Architectures = [] } // The models tell theirs.
            : request.Surrogates;
        var balance = request.Selection == SelectionRule.Random ? default : request.SelectionBalance;
        var bare = request with
        {
            RunId = "",
            Dataset = "",
            ShardSize = 1,
            MaxFailedShards = 0,
            Formats = null,
            Folder = default,
            Name = null,
            License = null,
            DataVersion = null,
            Score = null,
            Surrogates = surrogates,
            SelectionBalance = balance,
            KindCandidates = request.Selection == SelectionRule.Random ? null : request.KindCandidates,
        };
        return JsonSerializer.Serialize(bare, PipelineJson.Compact);
    }

    /// <summary>A run id that equal requests on equal data share: 16 hexadecimal digits.</summary>
    /// <param name="request">The request.</param>
    /// <param name="inputHash">Hash of the data set.</param>
    public static string RunIdFor(EnhancementRequest request, string inputHash) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Of(request) + "\n" + inputHash)))[..RunIdDigits];

    /// <summary>Whether a text can be the id of a run: 16 hex digits. Whoever asks for a run by another name asks for none.</summary>
    /// <param name="text">What a caller sent.</param>
    public static bool IsRunId(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == RunIdDigits && text.All(char.IsAsciiHexDigitLower);
    }

    /// <summary>What differs between two requests, such as <c>seed: 7 there, 8 here</c>.</summary>
    /// <param name="there">The one that is stored.</param>
    /// <param name="here">The one at hand.</param>
    public static IReadOnlyList<string> Differences(EnhancementRequest there, EnhancementRequest here)
    {
        var (left, right) = (Flatten(Of(there)), Flatten(Of(here)));
        return
        [
            .. left.Keys.Union(right.Keys).Order(StringComparer.Ordinal)
                .Where(key => left.GetValueOrDefault(key) != right.GetValueOrDefault(key))
                .Select(key => $"{key}: {left.GetValueOrDefault(key) ?? "none"} there, {right.GetValueOrDefault(key) ?? "none"} here"),
        ];
    }

    private static Dictionary<string, string> Flatten(string json)
    {
        var flat = new Dictionary<string, string>(StringComparer.Ordinal);
        Visit(JsonNode.Parse(json)!, "");
        return flat;

        void Visit(JsonNode node, string path)
        {
            if (node is not JsonObject members)
            {
                flat[path] = node.ToJsonString();
                return;
            }

            foreach (var (name, value) in members)
            {
                if (value is not null)
                    Visit(value, path.Length == 0 ? name : $"{path}.{name}");
            }
        }
    }
}
