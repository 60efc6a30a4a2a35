using System.Formats.Tar;
using System.Text.Json;
using System.Text.RegularExpressions;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Tests.Runs;
using Parquet;
using Parquet.Schema;
using YamlDotNet.Serialization;

namespace DataCentric.Pipeline.Tests.Export;

/// <summary>
/// <c>datasets.load_dataset(DIR)</c> held to the rules of the Hugging Face library by which it finds and reads files (its data_files.py, load.py,
/// packaged_modules and Features.from_arrow_schema, version of July 2026), which cannot be installed everywhere.
/// </summary>
public sealed class LoadDatasetTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Dictionary<string, string> Readers = new() { [".parquet"] = "parquet", [".tar"] = "webdataset", [".png"] = "imagefolder", [".jsonl"] = "json" };
    private readonly RunHarness _harness = new();

    private string Root => Path.Combine(_harness.Folder, "r");

    public void Dispose() => _harness.Dispose();

    /// <summary>The reader is that of the most frequent ending among the files of the first configuration, files of metadata aside; all configurations get it.</summary>
    [Theory]
    [InlineData("parquet", "parquet")]
    [InlineData("webdataset", "webdataset")]
    [InlineData("folder", "imagefolder")]
    [InlineData("npy", "json")]
    [InlineData("folder,parquet,webdataset", "parquet")]
    public async Task The_card_leads_to_files_that_one_reader_reads(string formats, string reader)
    {
        await RunAsync(formats.Split(','));

        var configurations = Configurations();
        configurations.Select(one => one.Files.Where(file => Path.GetFileName(file) != "metadata.jsonl").GroupBy(file => Path.GetExtension(file)).MaxBy(group => group.Count())!.Key)
            .ShouldAllBe(ending => Readers[ending] == reader);
        var (name, files) = configurations.ShouldHaveSingleItem();
        name.ShouldBe(reader == "json" ? "manifest" : "default");
        files.ShouldAllBe(file => Readers[Path.GetExtension(file)] == reader || Path.GetFileName(file) == "metadata.jsonl");
        var expected = reader switch { "imagefolder" => RunHarness.Count + 1, _ => 1 };
        files.Count.ShouldBe(expected);
    }

    /// <summary>A column is what the metadata call it where its type is the very one of that feature, and it may be null.</summary>
    [Theory]
    [InlineData(LabelRule.Source)]
    [InlineData(LabelRule.Distilled)]
    public async Task The_columns_of_parquet_are_those_of_its_features(LabelRule labels)
    {
        await RunAsync(["parquet"], labels);
        using var stream = File.OpenRead(Configurations()[0].Files[0]);
        await using var parquet = await ParquetReader.CreateAsync(stream);
        using var metadata = JsonDocument.Parse(parquet.CustomMetadata["huggingface"]);
        var features = metadata.RootElement.GetProperty("info").GetProperty("features");

        parquet.Schema.Fields.Select(field => field.Name).ShouldBe(features.EnumerateObject().Select(feature => feature.Name));
        foreach (var field in parquet.Schema.Fields)
        {
            field.IsNullable.ShouldBeTrue(field.Name);
            TypeOf(field).ShouldBe(TypeOf(features.GetProperty(field.Name)), field.Name);
        }

        foreach (var field in parquet.Schema.DataFields)
            field.IsNullable.ShouldBeTrue(field.Path.ToString());
    }

    /// <summary>The first five samples must have the same files, and one structure must hold the JSON of all: neither null beside a text nor a whole number beside another.</summary>
    [Theory]
    [InlineData(LabelRule.Source)]
    [InlineData(LabelRule.Distilled)]
    public async Task The_samples_of_a_webdataset_have_one_structure(LabelRule labels)
    {
        await RunAsync(["webdataset"], labels);
        var samples = new Dictionary<string, List<string>>();
        var structures = new HashSet<string>();
        foreach (var shard in Configurations()[0].Files)
        {
            using var tar = new TarReader(File.OpenRead(shard));
            while (tar.GetNextEntry() is { } entry)
            {
                var dot = entry.Name.IndexOf('.', StringComparison.Ordinal);
                (samples.TryGetValue(entry.Name[..dot], out var files) ? files : samples[entry.Name[..dot]] = []).Add(entry.Name[(dot + 1)..]);
                if (entry.Name.EndsWith(".json", StringComparison.Ordinal))
                    structures.Add(StructureOf(JsonDocument.Parse(entry.DataStream!).RootElement));
            }
        }

        samples.Count.ShouldBe(RunHarness.Count);
        samples.Values.ShouldAllBe(files => files.SequenceEqual(new[] { "png", "cls", "json" }));
        structures.ShouldHaveSingleItem().ShouldNotContain("Null");
    }

    /// <summary>Each line names its picture by a path below its own folder, and the columns of all lines have one type, or null; whole numbers are taken for others there.</summary>
    [Fact]
    public async Task The_notes_of_a_folder_name_its_pictures()
    {
        await RunAsync(["folder"]);
        var files = Configurations()[0].Files;
        var notes = files.Single(file => Path.GetFileName(file) == "metadata.jsonl");
        var lines = (await File.ReadAllLinesAsync(notes, None)).Select(line => JsonDocument.Parse(line).RootElement).ToArray();

        lines.Select(line => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(notes)!, line.GetProperty("file_name").GetString()!)))
            .ShouldBe(files.Where(file => file != notes), ignoreOrder: true);
        lines.SelectMany(line => line.EnumerateObject()).Where(member => member.Value.ValueKind != JsonValueKind.Null).GroupBy(member => member.Name, member => member.Value.ValueKind)
            .ShouldAllBe(column => column.Distinct().Count() == 1);
        lines.Select(line => string.Join(',', line.EnumerateObject().Select(member => member.Name))).Distinct().ShouldHaveSingleItem().ShouldContain("label");
    }

    private async Task RunAsync(string[] formats, LabelRule labels = LabelRule.Source)
    {
        var request = _harness.Request with { Formats = [.. formats], Labels = labels };
        await _harness.RunAsync(request, _harness.Store("w"), _harness.Store("r"));
    }

    private IReadOnlyList<(string Name, IReadOnlyList<string> Files)> Configurations()
    {
        var card = File.ReadAllText(Path.Combine(Root, "README.md")).Split("---\n")[1];
        var header = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(card);
        return [.. ((List<object>)header["configs"]).Cast<Dictionary<object, object>>().Select(one => ((string)one["config_name"], FilesOf(one)))];
    }

    private IReadOnlyList<string> FilesOf(Dictionary<object, object> configuration)
    {
        var part = ((List<object>)configuration["data_files"]).Cast<Dictionary<object, object>>().ShouldHaveSingleItem();
        part["split"].ShouldBe("train");
        var patterns = part["path"] is List<object> several ? several.Cast<string>() : [(string)part["path"]];
        return
        [
            .. patterns.SelectMany(pattern =>
            {
                var regex = new Regex($"^{Regex.Escape(pattern).Replace("/\\*\\*", "/.+").Replace("\\*", "[^/]*")}$");
                var files = Directory.GetFiles(Root, "*", SearchOption.AllDirectories).Where(file => regex.IsMatch(Path.GetRelativePath(Root, file).Replace('\\', '/'))).ToArray();
                files.ShouldNotBeEmpty($"{pattern} leads to nothing.");
                return files;
            }),
        ];
    }

    private static string TypeOf(Field field) => field switch
    {
        StructField structure => string.Join(',', structure.Fields.Select(TypeOf)),
        ListField list => $"list of {TypeOf(list.Item)}",
        DataField data when data.ClrType == typeof(byte[]) || data.ClrType == typeof(ReadOnlyMemory<byte>) => "binary",
        DataField data when data.ClrType == typeof(string) || data.ClrType == typeof(ReadOnlyMemory<char>) => "string",
        DataField data when data.ClrType == typeof(long) => "int64",
        DataField data when data.ClrType == typeof(int) => "int32",
        DataField data when data.ClrType == typeof(float) => "float32",
        DataField data when data.ClrType == typeof(double) => "float64",
        _ => "?",
    };

    private static string TypeOf(JsonElement feature) => feature.GetProperty("_type").GetString() switch
    {
        "Image" => "binary,string",
        "ClassLabel" => "int64",
        "Sequence" => $"list of {TypeOf(feature.GetProperty("feature"))}",
        "Value" => feature.GetProperty("dtype").GetString()!,
        var other => other!,
    };

    private static string StructureOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => string.Join(';', value.EnumerateObject().Select(member => $"{member.Name}:{StructureOf(member.Value)}")),
        JsonValueKind.Array => $"[{string.Join('|', value.EnumerateArray().Select(StructureOf).Distinct())}]",
        JsonValueKind.Number => value.GetRawText().AsSpan().ContainsAny('.', 'E') ? "real" : "whole",
        var kind => kind.ToString(),
    };
}
