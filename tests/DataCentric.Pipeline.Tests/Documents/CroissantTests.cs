using System.Text.Json;
using System.Text.Json.Nodes;
using DataCentric.Pipeline.Documents.Croissant;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Documents;

public sealed class CroissantTests
{
    private static readonly StoredFile[] Exports =
    [
        new("parquet/train-00000-of-00001.parquet", 10, SomeRun.Hash), new("folder/metadata.jsonl", 10, SomeRun.Hash), new("folder/checksums.sha256", 10, SomeRun.Hash),
        new("webdataset/train-000000.tar", 10, SomeRun.Hash), new("cifar/data_batch_1.bin", 10, SomeRun.Hash), new("LICENSE", 10, SomeRun.Hash),
    ];

    [Fact]
    public void The_document_keeps_the_rules_with_and_without_further_formats()
    {
        CroissantRules.Check(Create(SomeRun.Record)).ShouldBeEmpty();
        CroissantRules.Check(Create(SomeRun.Record with { Files = [.. SomeRun.Record.Files, .. Exports] })).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("unknown", LicenseOrigin.Nobody)]
    [InlineData("House-Rules-1", LicenseOrigin.Stated)]
    [InlineData("https://example.org/terms", LicenseOrigin.Stated)]
    public void Any_licence_is_an_address_or_a_work_and_unknown_is_said_out_loud(string id, LicenseOrigin origin)
    {
        var document = Create(SomeRun.Record with { License = new DataLicense(id, origin) });

        CroissantRules.Check(document).ShouldBeEmpty();
        document["license"]!.ToJsonString().ShouldContain(id);
    }

    [Fact]
    public void It_says_what_the_set_was_derived_from_by_its_hash_and_which_files_it_has_by_theirs()
    {
        var document = Create(SomeRun.Record);

        ((string?)document["prov:wasDerivedFrom"]!["sha256"]).ShouldBe(SomeRun.Hash);
        ((string?)document["prov:wasDerivedFrom"]!["name"]).ShouldBe("animals");
        document["distribution"]!.AsArray().Select(file => (string?)file!["@id"]).ShouldBe([ResultFiles.Data, ResultFiles.Label, ResultFiles.Manifest]);
        document["recordSet"]![0]!["data"]!.AsArray().Select(record => (string?)record!["classes/name"]).ShouldBe(["ant", "bee", "cat"]);
    }

    [Fact]
    public void Columns_of_the_manifest_that_a_set_does_not_have_are_not_described()
    {
        var attacked = SomeRun.Record with { Plan = new PlanSummary(0, 1200, 0) };

        Fields(Create(SomeRun.Record)).ShouldContain("samples/kind");
        Fields(Create(attacked)).ShouldNotContain("samples/kind");
    }

    [Fact]
    public void Every_described_column_is_one_that_manifest_lines_have()
    {
        var entry = new ManifestEntry
        {
            Index = 0, Source = "a", Key = 0, Label = 0, Role = SampleRole.Corrupted, Kind = "fog", Severity = 1, Seed = 0, Linf = 0, L2 = 0, Sha256 = "",
        };
        var line = JsonSerializer.SerializeToNode(entry, PipelineJson.Compact)!.AsObject();

        foreach (var field in Fields(Create(SomeRun.Record)))
            line.ContainsKey(field["samples/".Length..]).ShouldBeTrue(field);
    }

    [Theory]
    [InlineData("license")]
    [InlineData("creator")]
    [InlineData("datePublished")]
    [InlineData("conformsTo")]
    public void The_rules_notice_what_is_missing(string property)
    {
        var document = Create(SomeRun.Record);
        document.Remove(property);

        CroissantRules.Check(document).ShouldNotBeEmpty();
    }

    [Fact]
    public void The_rules_notice_a_reference_to_nothing()
    {
        var document = Create(SomeRun.Record);
        document["distribution"]![2]!["@id"] = "elsewhere";

        CroissantRules.Check(document).ShouldContain(breach => breach.Contains(ResultFiles.Manifest, StringComparison.Ordinal));
    }

    /// <summary>As it is stored: written and read again.</summary>
    private static JsonObject Create(RunRecord run) => JsonNode.Parse(CroissantDocument.Create(run, run.Files).ToJsonString(PipelineJson.Indented))!.AsObject();

    private static string[] Fields(JsonObject document) =>
        [.. document["recordSet"]!.AsArray().Single(set => (string?)set!["@id"] == "samples")!["field"]!.AsArray().Select(field => (string)field!["@id"]!)];
}
