using System.Text;
using System.Text.Json.Nodes;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Results;

/// <summary>
/// Changes that agree with all hashes, in a record without a seal as version 0.2.0 wrote it: what verify has to find by itself.
/// </summary>
public sealed class ForgedSetTests : AlteredSetTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_set_of_0_2_0_has_no_seal_and_is_good_and_the_verdict_says_so()
    {
        Set.ChangeRecord(_ => { });

        var verdict = await Set.VerifyAsync();

        verdict.Report.Breaches.ShouldBeEmpty();
        verdict.AgainstSource.ShouldBeTrue();
        verdict.Notes.ShouldHaveSingleItem().ShouldStartWith("run.json has no seal; version 0.2.0 and earlier wrote none.");
    }

    [Fact]
    public async Task A_whole_set_has_nothing_to_note()
    {
        var verdict = await Set.VerifyAsync();

        verdict.Report.Breaches.ShouldBeEmpty();
        verdict.Notes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("data.npy", "|u1", "|i1", "data.npy says that its values are |i1; expected |u1.")]
    [InlineData("label.npy", "<f4", ">f4", "label.npy says that its values are >f4; expected <f4.")]
    [InlineData("data.npy", "'fortran_order': False", "'fortran_order': True ", "data.npy says that its first axis varies fastest (fortran_order); expected that its last does.")]
    public async Task A_header_of_another_type_or_order_is_found(string file, string from, string to, string breach)
    {
        Set.Forge(file, bytes => [.. Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes[..128]).Replace(from, to, StringComparison.Ordinal)), .. bytes[128..]]);

        (await Set.VerifyAsync()).Report.Breaches.ShouldContain(breach);
    }

    [Fact]
    public async Task Corrupted_pixels_that_no_corruption_makes_are_found_where_the_source_is_at_hand()
    {
        var (index, hash) = (-1, "");
        Set.Forge(ResultFiles.Data, bytes =>
        {
            // Two values of one corrupted image change places: hash and manifest agree, and so may the norms.
            var manifest = File.ReadAllLines(Set.PathOf(ResultFiles.Manifest)).Select(line => JsonNode.Parse(line)!).ToArray();
            index = Array.FindIndex(manifest, entry => entry["role"]!.GetValue<string>() == "corrupted");
            var image = bytes.AsSpan(128 + (index * AlteredSet.Shape.ByteLength), AlteredSet.Shape.ByteLength);
            image.Reverse();
            hash = AlteredSet.HashOf(image.ToArray());
            return bytes;
        });
        Set.Forge(ResultFiles.Manifest, bytes =>
        {
            var lines = Encoding.UTF8.GetString(bytes).TrimEnd('\n').Split('\n');
            var entry = JsonNode.Parse(lines[index])!;
            entry["sha256"] = hash;
            lines[index] = entry.ToJsonString(PipelineJson.Compact);
            return Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        });

        var verdict = await Set.VerifyAsync();

        verdict.Report.Breaches.ShouldContain(breach => breach.StartsWith($"Sample {index} ", StringComparison.Ordinal) && breach.Contains(": its pixels are not what ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("request", "seed", "8", "the run's id")]
    [InlineData("request", "split", "{\"clean\":1,\"adversarial\":1,\"corrupted\":1}", "")]
    [InlineData("plan", "clean", "9", "\"plan\" is not what manifest.jsonl adds up to")]
    [InlineData("input", "inputHash", "\"0\"", "the run's id")]
    public async Task A_member_of_the_record_that_something_depends_on_is_found(string parent, string member, string value, string breach)
    {
        Set.ChangeRecord(run => run[parent]![member] = JsonNode.Parse(value));

        (await Set.VerifyAsync()).Report.Breaches.ShouldContain(found => found.Contains(breach, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_record_that_lists_no_files_is_found()
    {
        Set.ChangeRecord(run => run["files"] = new JsonArray());

        var breaches = (await Set.VerifyAsync()).Report.Breaches;

        breaches.ShouldContain("run.json does not list data.npy, which every such set has.");
        breaches.ShouldContain("run.json does not list README.md, which every such set has.");
    }

    [Fact]
    public async Task A_file_more_is_wrong_where_readers_of_a_format_take_it_and_named_elsewhere()
    {
        File.Copy(Set.PathOf("parquet/train-00000-of-00001.parquet"), Set.PathOf("parquet/train-00001-of-00001.parquet"));
        Directory.CreateDirectory(Set.PathOf("folder/another class"));
        File.WriteAllText(Set.PathOf("folder/another class/1.png"), "x");
        File.WriteAllText(Set.PathOf("notes.txt"), "mine");

        var verdict = await Set.VerifyAsync();

        verdict.Report.Breaches.ShouldBe(
        [
            "folder/another class/1.png is not of this set, but readers of its folder take it for a part.",
            "parquet/train-00001-of-00001.parquet is not of this set, but readers of its folder take it for a part.",
        ]);
        verdict.Notes.ShouldBe(["Beside the set lies a file that is not of it: notes.txt."]);
    }

    [Fact]
    public async Task Nothing_is_made_from_a_record_that_was_changed_after_it_was_written()
    {
        Set.ChangeRecord(run => run["dataVersion"] = "9.9.9", keepsSeal: true);
        var set = await EnhancedSet.OpenAsync(new FolderStore(Set.Folder), None);

        (await Set.VerifyAsync()).Report.Breaches.ShouldBe(["run.json was changed after it was written: its seal does not fit."]);
        (await Should.ThrowAsync<InputException>(() => set.DescribeAsync(None))).Message.ShouldContain("its seal does not fit");
        await Should.ThrowAsync<InputException>(() => set.AddFormatsAsync([SetFormats.Cifar], new NullActivityObserver(), None));
    }

    [Fact]
    public async Task A_record_whose_members_are_null_or_impossible_is_no_record()
    {
        foreach (var (member, value) in new[] { ("request", "null"), ("classes", "[null]"), ("files", "[{\"name\":\"../x\",\"length\":1,\"sha256\":\"0\"}]"), ("versions", "{\"dotnet\":null}") })
        {
            Set.ChangeRecord(run => run[member] = JsonNode.Parse(value));
            (await Should.ThrowAsync<InputException>(() => EnhancedSet.OpenAsync(new FolderStore(Set.Folder), None))).Message.ShouldContain("missing or broken", customMessage: member);
            Set.Restore();
        }
    }
}
