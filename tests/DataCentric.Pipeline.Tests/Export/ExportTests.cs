using System.Text;
using System.Text.Json;
using CsCheck;
using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Pictures;
using DataCentric.Pipeline.Export;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Faults;
using DataCentric.Pipeline.Tests.Runs;

namespace DataCentric.Pipeline.Tests.Export;

/// <summary>One finished set in all formats, each opened by a program that knows nothing of this project.</summary>
public sealed class ExportTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string[] Formats = [SetFormats.Folder, SetFormats.Parquet, SetFormats.WebDataset];
    private readonly RunHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Theory]
    [InlineData("npy", "")]
    [InlineData("folder", "folder")]
    [InlineData("webdataset", "webdataset")]
    public async Task Python_reads_the_pixels_and_labels_of_the_manifest(string format, string folder)
    {
        var manifest = await ManifestAsync(await RunAsync("r"));

        var read = await ForeignReader.ReadAsync(format, Path.Combine(_harness.Folder, "r", folder));

        read.Labels.ShouldBe(manifest.Select(entry => entry.Label));
        read.Sha256.ShouldBe(manifest.Select(entry => entry.Sha256));
    }

    [Fact]
    public async Task DuckDB_reads_images_labels_provenance_and_the_features_of_the_Hugging_Face_viewer()
    {
        var manifest = await ManifestAsync(await RunAsync("r"));

        var read = await ForeignReader.ReadParquetAsync(Path.Combine(_harness.Folder, "r", "parquet", "train-00000-of-00001.parquet"));

        var rows = read.GetProperty("rows").EnumerateArray().ToArray();
        rows.Length.ShouldBe(RunHarness.Count);
        foreach (var (row, entry) in rows.Zip(manifest))
        {
            var pixels = RgbImage.Decode(Convert.FromHexString(row.GetProperty("png").GetString()!), "parquet", out _);
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(pixels)).ShouldBe(entry.Sha256);
            row.GetProperty("label").GetString().ShouldBe($"{entry.Label}");
            row.GetProperty("kind").GetString().ShouldBe(entry.Kind);
            row.GetProperty("source").GetString().ShouldBe(entry.Source);
            row.GetProperty("path").GetString().ShouldBe($"{entry.Index:D8}.png");
        }

        Type("image").ShouldBe("STRUCT(bytes BLOB, path VARCHAR)");
        Type("label").ShouldBe("BIGINT");
        Type("l2").ShouldBe("DOUBLE");
        var features = JsonDocument.Parse(read.GetProperty("metadata")[0].GetProperty("value").GetString()!).RootElement.GetProperty("info").GetProperty("features");
        features.GetProperty("image").GetProperty("_type").GetString().ShouldBe("Image");
        features.GetProperty("label").GetProperty("names").GetArrayLength().ShouldBe(5);
        features.EnumerateObject().Select(feature => feature.Name).ShouldBe(
            read.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("column_name").GetString()!));

        string Type(string name) => read.GetProperty("columns").EnumerateArray()
            .Single(column => column.GetProperty("column_name").GetString() == name).GetProperty("column_type").GetString()!;
    }

    [Fact]
    public async Task The_npy_pair_is_a_data_set_with_the_classes_of_its_source()
    {
        string[] names = ["cat", "dog", "emu", "fox", "gnu"];
        await File.WriteAllLinesAsync(Path.Combine(Path.GetDirectoryName(_harness.Dataset)!, "classes.txt"), names, None);
        await _harness.RunAsync(_harness.Request, _harness.Store("w"), _harness.Store("r"));

        using var reader = ImageSource.Open(Path.Combine(_harness.Folder, "r"));

        reader.Info.Classes.ShouldBe(names);
        reader.Info.Count.ShouldBe(RunHarness.Count);
    }

    [Fact]
    public async Task The_image_folder_is_a_data_set_that_can_be_read_again()
    {
        var manifest = await ManifestAsync(await RunAsync("r"));

        using var reader = ImageSource.Open(Path.Combine(_harness.Folder, "r", "folder"));
        var images = reader.Read(RunHarness.Count);

        reader.Info.Classes.ShouldBe(["0", "1", "2", "3", "4"]);
        images.SourceIds.ShouldBe(manifest.OrderBy(entry => entry.Label).ThenBy(entry => entry.Index).Select(entry => $"{entry.Label}/{entry.Index:D8}.png"));
        for (var i = 0; i < images.Count; i++)
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(images.Image(i)))
                .ShouldBe(manifest[int.Parse(images.SourceIds[i][2..10], null)].Sha256);
    }

    [Fact]
    public async Task Formats_added_later_are_those_of_the_run_and_verify()
    {
        var (at_once, later) = (await RunAsync("r"), _harness.Store("later"));
        await _harness.RunAsync(_harness.Request, _harness.Store("w"), later);
        var batches = _harness.Adversary.AttackedBatches;

        await _harness.RunAsync(_harness.Request with { Formats = Formats }, _harness.Store("w"), later);

        _harness.Adversary.AttackedBatches.ShouldBe(batches);
        var set = await EnhancedSet.OpenAsync(later, None);
        set.Run.Files.Where(IsExport).ShouldBe((await EnhancedSet.OpenAsync(at_once, None)).Run.Files.Where(IsExport));
        SetFormats.In(set.Run).ShouldBe([SetFormats.Npy, .. Formats]);
        (await set.VerifyAsync(null, new NullActivityObserver(), None)).Report.Breaches.ShouldBeEmpty();
    }

    [Fact]
    public async Task Stopped_anywhere_and_started_again_the_files_are_the_same()
    {
        var whole = (await EnhancedSet.OpenAsync(await RunAsync("r"), None)).Run.Files.Where(IsExport).ToArray();
        string[] formats = [SetFormats.Parquet, SetFormats.WebDataset];
        for (var stopAt = 1; stopAt <= 4; stopAt++)
        {
            var result = _harness.Store($"r{stopAt}");
            await _harness.RunAsync(_harness.Request, _harness.Store("w"), result);
            using var stop = new CancellationTokenSource();
            var stopping = new StoppingStore(result, stopAt, stop);
            await Should.ThrowAsync<OperationCanceledException>(async () =>
                await (await EnhancedSet.OpenAsync(stopping, None)).AddFormatsAsync(formats, new NullActivityObserver(), stop.Token));

            await (await EnhancedSet.OpenAsync(result, None)).AddFormatsAsync(formats, new NullActivityObserver(), None);

            (await EnhancedSet.OpenAsync(result, None)).Run.Files.Where(IsExport)
                .ShouldBe(whole.Where(file => !file.Name.StartsWith("folder/", StringComparison.Ordinal)), $"stopped at write {stopAt}");
        }
    }

    [Fact]
    public async Task A_damaged_picture_is_named_by_verify_and_made_again_by_the_next_export()
    {
        var result = await RunAsync("r");
        var picture = Path.Combine(_harness.Folder, "r", "folder", "3", "00000008.png");
        var bytes = await File.ReadAllBytesAsync(picture, None);
        await File.WriteAllBytesAsync(picture, [.. bytes[..60], (byte)(bytes[60] ^ 1), .. bytes[61..]], None);
        var set = await EnhancedSet.OpenAsync(result, None);

        (await set.VerifyAsync(null, new NullActivityObserver(), None)).Report.Breaches.ShouldHaveSingleItem().ShouldContain("folder/3/00000008.png");
        await set.AddFormatsAsync(Formats, new NullActivityObserver(), None);

        (await File.ReadAllBytesAsync(picture, None)).ShouldBe(bytes);
    }

    [Fact]
    public async Task Nothing_is_made_from_a_set_that_was_damaged()
    {
        var result = _harness.Store("r");
        await _harness.RunAsync(_harness.Request, _harness.Store("w"), result);
        var data = Path.Combine(_harness.Folder, "r", "data.npy");
        var bytes = await File.ReadAllBytesAsync(data, None);
        bytes[128 + (17 * RunHarness.Shape.ByteLength)] ^= 1;
        await File.WriteAllBytesAsync(data, bytes, None);

        var refusal = await Should.ThrowAsync<InvalidDataException>(async () =>
            await (await EnhancedSet.OpenAsync(result, None)).AddFormatsAsync([SetFormats.Parquet], new NullActivityObserver(), None));

        refusal.Message.ShouldContain("sample 17");
        Directory.EnumerateFiles(_harness.Folder, "*.parquet", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_format_that_cannot_hold_the_set_is_refused_before_any_work()
    {
        var refusal = await Should.ThrowAsync<InputException>(() => _harness.RunAsync(
            _harness.Request with { Formats = [SetFormats.Cifar] }, _harness.Store("w"), _harness.Store("r")));

        refusal.Message.ShouldContain("32x32, these are 16x16");
        _harness.Adversary.Trainings.ShouldBe(0);
    }

    [Theory]
    [InlineData(10, 100, 1000, new[] { 10 })]
    [InlineData(10, 100, 400, new[] { 3, 3, 4 })]
    [InlineData(3, 500, 100, new[] { 1, 1, 1 })]
    public void Files_are_of_nearly_equal_size(int count, int sampleBytes, long fileBytes, int[] expected) =>
        ShardedExport.Cut(count, sampleBytes, fileBytes).ShouldBe(expected);

    [Fact]
    public void Class_names_become_folder_names_that_differ()
    {
        ClassFolderNames.Of(["T-shirt/top", "Ankle boot"], ClassFolderNames.Plain).ShouldBe(["T-shirt_top", "Ankle boot"]);
        ClassFolderNames.Of(["a/b", "a:b", "../.."], ClassFolderNames.Plain).ShouldBe(["0_a_b", "1_a_b", "2"]);
        ClassFolderNames.Of(["Cat", "cat"], ClassFolderNames.Plain).ShouldBe(["0_Cat", "1_cat"]);
        ClassFolderNames.Of(["mallard ♂", "mallard ♀"], ClassFolderNames.Plain).ShouldBe(["0_mallard", "1_mallard"]);
        ClassFolderNames.Of(["Cat", "cat", "dog ✓"], ClassFolderNames.Plain).ShouldBe(["0_Cat", "1_cat", "2_dog"]);
        ClassFolderNames.Of(["Classes.txt", "cat"], ClassFolderNames.Plain).ShouldBe(["0_Classes.txt", "1_cat"]);
        ClassFolderNames.Of(["old.Datacentric-TMP", "cat"], ClassFolderNames.Plain).ShouldBe(["old_Datacentric-TMP", "cat"]);
    }

    [Fact]
    public void Any_names_become_folder_names_that_a_store_takes() =>
        Gen.String[Gen.OneOf(Gen.Char, Gen.Int[0, 6].Select(i => "_. ✓/aA"[i])), 0, 300].Array[1, 6].Sample(names =>
        {
            var folders = ClassFolderNames.Of(names, ClassFolderNames.Plain);

            folders.Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(names.Length);
            folders.ShouldAllBe(folder => ItemName.IsValid($"{folder}/00000000.png"));
        });

    [Fact]
    public async Task A_format_that_fails_leaves_nothing_behind_and_the_others_are_written()
    {
        var result = _harness.Store("r");
        await _harness.RunAsync(_harness.Request, _harness.Store("w"), result);
        var failing = new FaultyStore(result, (_, name) => name.StartsWith("folder/3/", StringComparison.Ordinal) ? WriteFault.During : WriteFault.None);

        await Should.ThrowAsync<StoreException>(async () =>
            await (await EnhancedSet.OpenAsync(failing, None)).AddFormatsAsync(Formats, new NullActivityObserver(), None));

        Directory.EnumerateFiles(Path.Combine(_harness.Folder, "r", "folder"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
        var set = await EnhancedSet.OpenAsync(result, None);
        SetFormats.In(set.Run).ShouldBe([SetFormats.Npy, SetFormats.Parquet, SetFormats.WebDataset]);
        (await set.VerifyAsync(null, new NullActivityObserver(), None)).Report.Breaches.ShouldBeEmpty();
    }

    private static bool IsExport(StoredFile file) => file.Name.Contains('/', StringComparison.Ordinal);

    private async Task<IDataStore> RunAsync(string name)
    {
        var result = _harness.Store(name);
        await _harness.RunAsync(_harness.Request with { Formats = Formats }, _harness.Store("w"), result);
        return result;
    }

    private static async Task<IReadOnlyList<ManifestEntry>> ManifestAsync(IDataStore result) =>
        [.. Encoding.UTF8.GetString(await result.ReadAllBytesAsync(ResultFiles.Manifest, None))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<ManifestEntry>(line, PipelineJson.Compact)!)];
}
