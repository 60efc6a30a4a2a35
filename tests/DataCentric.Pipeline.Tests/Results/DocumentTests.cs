using System.Text;
using System.Text.Json.Nodes;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Documents;
using DataCentric.Pipeline.Tests.Runs;

namespace DataCentric.Pipeline.Tests.Results;

/// <summary>Documents on whole runs: recorded, verified, made again where outdated, and no reason to make the set again.</summary>
public sealed class DocumentTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly RunHarness _harness = new(count: 60);

    public void Dispose() => _harness.Dispose();

    private IDataStore Result => _harness.Store("result");

    [Fact]
    public async Task Documents_are_recorded_with_their_hashes_and_verified()
    {
        await RunAsync(_harness.Request);
        var set = await EnhancedSet.OpenAsync(Result, None);

        ResultFiles.Documents.ShouldAllBe(document => set.Run.Files.Any(file => file.Name == document));
        (await set.VerifyAsync(null, new NullActivityObserver(), None)).Report.BreachCount.ShouldBe(0);

        await Result.WriteAllBytesAsync(ResultFiles.Card, Encoding.UTF8.GetBytes("# Mine"), None);
        (await set.VerifyAsync(null, new NullActivityObserver(), None)).Report.Breaches.ShouldHaveSingleItem().ShouldContain(ResultFiles.Card);
    }

    [Fact]
    public async Task The_description_of_a_real_run_keeps_the_rules_of_Croissant_and_names_every_file_of_every_format()
    {
        await RunAsync(_harness.Request with { Formats = ["parquet", "folder", "webdataset"] });
        var run = (await EnhancedSet.OpenAsync(Result, None)).Run;
        var croissant = JsonNode.Parse(await Result.ReadAllBytesAsync(ResultFiles.Croissant, None))!;

        CroissantRules.Check(croissant).ShouldBeEmpty();
        var described = croissant["distribution"]!.AsArray().Where(file => (string?)file!["@type"] == "cr:FileObject").ToDictionary(file => (string)file!["@id"]!, file => (string)file!["sha256"]!);
        described.ShouldBe(run.Files.Where(file => !ResultFiles.Documents.Contains(file.Name)).ToDictionary(file => file.Name, file => file.Sha256), ignoreOrder: true);
    }

    [Fact]
    public async Task Name_licence_and_version_do_not_change_run_or_set_and_are_restated_by_asking_again()
    {
        await RunAsync(_harness.Request);
        var (fingerprint, attacked) = (await RunHarness.FingerprintAsync(Result), _harness.Adversary.AttackedBatches);
        var stated = _harness.Request with { Name = "Birds & more", License = "cc0-1.0", DataVersion = "1.2.0" };
        RequestIdentity.RunIdFor(stated, "x").ShouldBe(RequestIdentity.RunIdFor(_harness.Request, "x"));

        (await RunAsync(stated)).License.ShouldBe("CC0-1.0");

        var run = (await EnhancedSet.OpenAsync(Result, None)).Run;
        run.License.ShouldBe(new DataLicense("CC0-1.0", LicenseOrigin.Stated));
        (await TextAsync(ResultFiles.Card)).ShouldContain("license: cc0-1.0\n");
        (await TextAsync(ResultFiles.Card)).ShouldContain("# Birds &amp; more\n");
        (await TextAsync(ResultFiles.Report)).ShouldContain("<h1>Birds &amp; more</h1>");
        ((string?)JsonNode.Parse(await TextAsync(ResultFiles.Croissant))!["version"]).ShouldBe("1.2.0");
        ((string?)JsonNode.Parse(await TextAsync(ResultFiles.Croissant))!["name"]).ShouldBe("Birds---more");
        (await RunHarness.FingerprintAsync(Result)).ShouldBe(fingerprint);
        _harness.Adversary.AttackedBatches.ShouldBe(attacked);
        (await (await EnhancedSet.OpenAsync(Result, None)).VerifyAsync(null, new NullActivityObserver(), None)).Report.BreachCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_missing_document_is_made_again_and_one_that_the_user_edited_is_left_alone()
    {
        await RunAsync(_harness.Request);
        var (croissant, attacked) = (await TextAsync(ResultFiles.Croissant), _harness.Adversary.AttackedBatches);
        await Result.WriteAllBytesAsync(ResultFiles.Card, Encoding.UTF8.GetBytes("# Mine"), None);

        await RunAsync(_harness.Request);
        (await TextAsync(ResultFiles.Card)).ShouldBe("# Mine");

        await Result.DeleteAsync(ResultFiles.Croissant, None);
        await RunAsync(_harness.Request);
        (await TextAsync(ResultFiles.Croissant)).ShouldBe(croissant);
        _harness.Adversary.AttackedBatches.ShouldBe(attacked);
    }

    [Fact]
    public async Task The_licence_file_of_a_folder_goes_with_the_set()
    {
        var folder = Path.GetDirectoryName(_harness.Dataset)!;
        await File.WriteAllTextAsync(Path.Combine(folder, "LICENSE"), "MIT License\n\nCopyright (c) somebody", None);

        (await RunAsync(_harness.Request with { Dataset = folder })).License.ShouldBe("MIT");

        (await TextAsync(ResultFiles.License)).ShouldContain("somebody");
        (await EnhancedSet.OpenAsync(Result, None)).Run.Files.ShouldContain(file => file.Name == ResultFiles.License);
    }

    [Fact]
    public async Task Statistics_are_those_of_the_manifest()
    {
        await RunAsync(_harness.Request);

        var statistics = (await EnhancedSet.OpenAsync(Result, None)).Run.Statistics!;

        statistics.Groups.Sum(group => group.Count).ShouldBe(60);
        statistics.Groups.ShouldAllBe(group => group.Classes.Sum() == group.Count && group.L2.Counts.Sum() == group.Count && group.Linf.Counts.Sum() == group.Count);
        statistics.Groups.Single(group => group.Name == "clean").ShouldSatisfyAllConditions(
            clean => clean.MeanL2.ShouldBe(0), clean => clean.MeanPsnr.ShouldBeNull(), clean => clean.Unchanged.ShouldBe(12));
        statistics.Fooled.ShouldBe(new FoolingRates(1, null)); // the stand-in adversary always errs after the attack
        statistics.Examples.Count.ShouldBe((await ExamplesAsync()).Shape[0]);
    }

    private Task<EnhancementSummary> RunAsync(EnhancementRequest request) => _harness.RunAsync(request, _harness.Store("work"), Result);

    private async Task<string> TextAsync(string name) => Encoding.UTF8.GetString(await Result.ReadAllBytesAsync(name, None));

    private async Task<Npy.NpyHeader> ExamplesAsync()
    {
        await using var stream = await Result.OpenReadAsync(ResultFiles.Examples, 0, None);
        return Npy.NpyHeader.Read(stream, ResultFiles.Examples);
    }
}
