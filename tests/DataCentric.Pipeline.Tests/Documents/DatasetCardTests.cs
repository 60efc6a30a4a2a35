using DataCentric.Imaging.Formats.Writing;
using DataCentric.Pipeline.Documents.Card;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Storage;
using YamlDotNet.Serialization;

namespace DataCentric.Pipeline.Tests.Documents;

public sealed class DatasetCardTests
{
    [Fact]
    public void The_header_is_YAML_with_what_the_hub_reads()
    {
        var header = HeaderOf(SomeRun.Record);

        header["license"].ShouldBe("cc-by-4.0");
        header["pretty_name"].ShouldBe("animals, enhanced");
        header["version"].ShouldBe("1.0.0");
        ((List<object>)header["task_categories"]).ShouldBe(["image-classification"]);
        ((List<object>)header["size_categories"]).ShouldBe(["1K<n<10K"]);
    }

    [Theory]
    [InlineData("unknown", LicenseOrigin.Nobody, "unknown", null, null)]
    [InlineData("MIT", LicenseOrigin.File, "mit", null, null)]
    [InlineData("House-Rules-1", LicenseOrigin.Stated, "other", "House-Rules-1", null)]
    [InlineData("https://example.org/terms", LicenseOrigin.Stated, "other", "https://example.org/terms", "https://example.org/terms")]
    [InlineData("other", LicenseOrigin.File, "other", "other", "LICENSE")]
    public void The_header_names_any_licence_in_the_words_of_the_hub(string id, LicenseOrigin origin, string license, string? name, string? link)
    {
        var header = HeaderOf(SomeRun.Record with { License = new DataLicense(id, origin) });

        header["license"].ShouldBe(license);
        header.GetValueOrDefault("license_name").ShouldBe(name);
        header.GetValueOrDefault("license_link").ShouldBe(link);
    }

    [Fact]
    public void An_unknown_licence_is_said_out_loud_in_the_text()
    {
        DatasetCard.Create(SomeRun.Record with { License = new DataLicense("unknown", LicenseOrigin.Nobody) }).ShouldContain("**Unknown.**");
        DatasetCard.Create(SomeRun.Record).ShouldContain("[CC\\-BY\\-4\\.0](https://spdx.org/licenses/CC-BY-4.0.html)");
    }

    [Theory]
    [InlineData("evil: \"}\n---\n# <script>alert(1)</script> [x](javascript:y) |a|", "evil: \"} ---")]
    [InlineData("'single' & \"double\"", "'single' & \"double\"")]
    [InlineData("  - a\n  - b", "- a")]
    [InlineData("a\u202eb\u001b[31m", "a\u202eb")]
    public void A_hostile_name_of_the_source_is_text_in_header_and_card(string name, string seen)
    {
        var run = SomeRun.Record with { Request = SomeRun.Record.Request with { Dataset = name.Replace('/', '_') } };

        var header = HeaderOf(run);
        ((string)header["pretty_name"]).ReplaceLineEndings(" ").ShouldContain(seen);
        header.Count.ShouldBe(HeaderOf(SomeRun.Record).Count);
        var body = BodyOf(run);
        body.ShouldNotContain("<script", Case.Insensitive);
        body.ShouldNotContain("](javascript");
        body.ShouldNotContain("\u202e");
        body.ShouldNotContain("\u001b");
    }

    [Theory]
    [InlineData("https://x/)[a](javascript:alert(1))", "(https://x/%29%5Ba%5D%28javascript:alert%281%29%29)")]
    [InlineData("https://x/<b>\"\\'", "(https://x/%3Cb%3E%22%5C%27)")]
    [InlineData("https://x/a%20b?c=d&e=ü#f", "(https://x/a%20b?c=d&e=%C3%BC#f)")]
    public void The_address_of_a_licence_cannot_end_the_link_that_it_stands_in(string address, string link)
    {
        var card = BodyOf(SomeRun.Record with { License = new DataLicense(address, LicenseOrigin.Stated) });

        card.ShouldContain(link);
        card.ShouldNotContain("](javascript");
    }

    [Fact]
    public void It_tells_what_the_set_is_its_limits_its_method_and_the_figures_of_the_run()
    {
        var card = BodyOf(SomeRun.Record);

        card.ShouldContain("1200 images of 32 × 32 pixels in 3 classes");
        card.ShouldContain("## Intended use");
        card.ShouldContain("## Limits");
        card.ShouldContain("arXiv:2203.05323");
        card.ShouldContain("| fog | 480 | 3.53 |");
        card.ShouldContain("95.0 % of the time before and 8.0 % after");
    }

    [Fact]
    public void Exported_formats_are_listed_and_the_viewer_is_pointed_to_the_images()
    {
        var run = SomeRun.Record with { Files = [.. SomeRun.Record.Files, new StoredFile("parquet/train-00000-of-00001.parquet", 1, SomeRun.Hash)] };

        DatasetCard.Create(run).ShouldContain("| `parquet/` |");
        ((Dictionary<object, object>)((List<object>)HeaderOf(run)["configs"]).ShouldHaveSingleItem())["config_name"].ShouldBe("default");
    }

    [Fact]
    public void A_set_that_lies_as_a_folder_alone_has_its_images_as_the_default()
    {
        var files = SomeRun.Record.Files.Append(new StoredFile("folder/metadata.jsonl", 1, SomeRun.Hash));
        var run = SomeRun.Record with
        {
            Files = [.. files],
            Request = SomeRun.Record.Request with { Folder = new() { ImageFormat = ImageEncoding.Parse("jpeg:95") } },
        };

        var configuration = (Dictionary<object, object>)((List<object>)HeaderOf(run)["configs"])[0];
        configuration["config_name"].ShouldBe("default");
        var part = (Dictionary<object, object>)((List<object>)configuration["data_files"])[0];
        part["split"].ShouldBe("train");
        ((List<object>)part["path"]).ShouldBe(["folder/metadata.jsonl", "folder/*/**"]);
        BodyOf(run).ShouldContain("in the format folder: clean and corrupted images as jpeg:95, attacked ones as png |");
    }

    private static Dictionary<string, object> HeaderOf(RunRecord run)
    {
        var parts = DatasetCard.Create(run).Split("---\n");
        parts[0].ShouldBeEmpty();
        return new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(parts[1]);
    }

    private static string BodyOf(RunRecord run) => DatasetCard.Create(run).Split("\n---\n", 2)[1];
}
