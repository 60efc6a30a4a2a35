using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DataCentric.Pipeline.Documents.Pages;
using DataCentric.Pipeline.Documents.Report;
using DataCentric.Pipeline.Model;

namespace DataCentric.Pipeline.Tests.Runs;

/// <summary>Files of scored sets as they were before scores had intervals over test images: the golden hashes are those of such files.</summary>
internal static class ScoreBeforeIntervals
{
    private static readonly string[] NewMembers = ["right", "counts", "groups", "low", "high"];

    /// <summary>A score.json without the members that came with the intervals.</summary>
    public static byte[] Record(byte[] score) => Encoding.UTF8.GetBytes(Without(JsonNode.Parse(score)!).ToJsonString(PipelineJson.Indented));

    /// <summary>A sealed score of a network without them, and with the seal that it has then.</summary>
    public static byte[] Sealed(byte[] score)
    {
        var content = Record(Encoding.UTF8.GetBytes(JsonNode.Parse(score)!["content"]!.ToJsonString()));
        return Encoding.UTF8.GetBytes($"{{\"sha256\":\"{Hash(content)}\",\"content\":{Encoding.UTF8.GetString(content)}}}\n");
    }

    /// <summary>A text about a set that names hash and size of its score, and shows it: as it is of the score without them.</summary>
    public static string Text(string text, byte[] score)
    {
        var before = Record(score);
        text = text
            .Replace(Hash(score), Hash(before), StringComparison.Ordinal)
            .Replace($"\"length\": {score.Length}", $"\"length\": {before.Length}", StringComparison.Ordinal)
            .Replace($"\"{score.Length} B\"", $"\"{before.Length} B\"", StringComparison.Ordinal)
            .Replace($"{ResultFiles.Score}</th><td>{Numbers.Bytes(score.Length)}", $"{ResultFiles.Score}</th><td>{Numbers.Bytes(before.Length)}", StringComparison.Ordinal);
        var section = ScoreSection.Create(ScoreTable.Read(before)).ToString();
        return Regex.Replace(text, "<section id=\"score\">.*?</section>", _ => section, RegexOptions.Singleline);
    }

    private static JsonNode Without(JsonNode node)
    {
        foreach (var name in node is JsonObject ? NewMembers : [])
            node.AsObject().Remove(name);
        foreach (var child in node switch { JsonObject members => members.Select(member => member.Value), JsonArray items => items, _ => [] })
            _ = child is null ? null : Without(child);
        return node;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
