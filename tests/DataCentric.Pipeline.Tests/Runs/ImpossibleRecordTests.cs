using System.Text.Json;
using System.Text.Json.Nodes;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Runs;

/// <summary>A <c>run.json</c> with any member gone, null, or of a value that cannot be: whatever reads one says so, or can do without it.</summary>
public sealed class ImpossibleRecordTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string?[] Values = [null, "null", "-1", "0", "2147483647", "1e300", "\"\"", "\"x\"", "[]", "[null]", "{}"];

    [Fact]
    public async Task Every_verb_that_reads_one_says_what_is_wrong()
    {
        using var harness = new RunHarness(count: 40);
        var (work, result) = (harness.Store("work"), harness.Store("result"));
        await harness.RunAsync(harness.Request, work, result);
        var whole = await result.ReadAllBytesAsync(ResultFiles.Run, None);
        var (tried, refused) = (0, 0);

        foreach (var path in PathsOf(JsonNode.Parse(whole)!))
        {
            foreach (var value in Values)
            {
                await result.WriteAllBytesAsync(ResultFiles.Run, Altered(whole, path, value), None);
                tried++;
                try
                {
                    var set = await EnhancedSet.OpenAsync(result, None);
                    await set.VerifyAsync(null, new NullActivityObserver(), None);
                    await set.DescribeAsync(None);
                    if (tried % 16 == 0)
                        await set.AddFormatsAsync([SetFormats.Parquet], new NullActivityObserver(), None);
                }
                catch (Exception exception) when (exception is InputException or InvalidDataException or StoreException)
                {
                    refused++;
                }
                catch (Exception exception)
                {
                    throw new InvalidOperationException($"{path} = {value ?? "gone"}", exception);
                }
            }
        }

        tried.ShouldBeGreaterThan(1000);
        refused.ShouldBeGreaterThan(tried / 4);
    }

    [Theory]
    [InlineData("$.input.inputHash", null, "input.inputHash is missing")]
    [InlineData("$.classes[0]", "null", "classes[0] is missing")]
    [InlineData("$.input.shape.height", "0", "input.shape is 0x16")]
    [InlineData("$.plan.clean", "-1", "plan does not add up")]
    [InlineData("$.files[0].name", "\"../x\"", "'../x'")]
    [InlineData("$.formatVersion", "2", "formatVersion is 2")]
    public async Task What_is_wrong_is_named_and_the_run_made_again(string path, string? value, string named)
    {
        using var harness = new RunHarness(count: 40);
        var (work, result) = (harness.Store("work"), harness.Store("result"));
        await harness.RunAsync(harness.Request, work, result);
        var before = await RunHarness.FingerprintAsync(result);
        await result.WriteAllBytesAsync(ResultFiles.Run, Altered(await result.ReadAllBytesAsync(ResultFiles.Run, None), path, value), None);

        (await Should.ThrowAsync<InputException>(() => EnhancedSet.OpenAsync(result, None))).Message.ShouldContain(named);
        await harness.RunAsync(harness.Request, work, result);

        (await RunHarness.FingerprintAsync(result)).ShouldBe(before);
        (await EnhancedSet.OpenAsync(result, None)).Run.Input.Count.ShouldBe(40);
    }

    /// <summary>Paths of all members and of the first two items of each list.</summary>
    private static IEnumerable<string> PathsOf(JsonNode node)
    {
        IEnumerable<JsonNode?> inner = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray items => items.Take(2),
            _ => [],
        };
        return inner.OfType<JsonNode>().SelectMany(child => PathsOf(child).Prepend(child.GetPath()));
    }

    private static byte[] Altered(byte[] run, string path, string? value)
    {
        var document = JsonNode.Parse(run)!;
        var node = Descendants(document).First(node => node.GetPath() == path);
        if (value is not null)
            Replace(node, JsonNode.Parse(value));
        else if (node.Parent is JsonObject members)
            members.Remove(node.GetPropertyName());
        else
            ((JsonArray)node.Parent!).Remove(node);
        return JsonSerializer.SerializeToUtf8Bytes(document);
    }

    private static void Replace(JsonNode node, JsonNode? value)
    {
        if (node.Parent is JsonObject members)
            members[node.GetPropertyName()] = value;
        else
            ((JsonArray)node.Parent!)[node.GetElementIndex()] = value;
    }

    private static IEnumerable<JsonNode> Descendants(JsonNode node)
    {
        IEnumerable<JsonNode?> inner = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        };
        return inner.OfType<JsonNode>().SelectMany(Descendants).Prepend(node);
    }
}
