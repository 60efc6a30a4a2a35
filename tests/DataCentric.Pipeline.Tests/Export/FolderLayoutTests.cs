using System.Security.Cryptography;
using System.Text.Json;
using CsCheck;
using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Formats.Writing;
using DataCentric.Imaging.Pictures;
using DataCentric.Imaging.Reading;
using DataCentric.Pipeline.Export;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Runs;

namespace DataCentric.Pipeline.Tests.Export;

/// <summary>The format folder with the source's names, and with JPEG or WebP files.</summary>
public sealed class FolderLayoutTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly FolderLayout Source = new() { Names = FileNames.Source };
    private static readonly string[] Names = ["späte Äpfel #1 (copy) + 1,5", "IMG_0001", "img_0002", "b", "c.d"];
    private readonly RunHarness _harness = new(count: 1);

    public void Dispose() => _harness.Dispose();

    [Theory]
    [InlineData("jpeg:95", ".jpg", ".png")]
    [InlineData("webp:90", ".webp", ".webp")]
    [InlineData("png", ".png", ".png")]
    public async Task Files_keep_their_class_and_name_attacked_ones_their_pixels_and_the_set_is_read_again(string encoding, string ending, string lossless)
    {
        var result = await RunAsync(new() { Names = FileNames.Source, ImageFormat = ImageEncoding.Parse(encoding) });

        var root = Path.Combine(_harness.Folder, "r", "folder");
        var manifest = (await RunHarness.ManifestAsync(result)).ToDictionary(entry => entry.Index);
        var notes = (await File.ReadAllLinesAsync(Path.Combine(root, "metadata.jsonl"), None)).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        notes.Length.ShouldBe(manifest.Count);
        foreach (var note in notes)
        {
            var entry = manifest[note.GetProperty("index").GetInt32()];
            var isAttacked = entry.Role == SampleRole.Adversarial;
            var name = note.GetProperty("file_name").GetString()!;
            name.ShouldBe(Path.ChangeExtension(entry.Source, isAttacked ? lossless : ending));
            var pixels = RgbImage.Decode(await File.ReadAllBytesAsync(Path.Combine(root, name), None), name, out _);
            var isSame = Convert.ToHexStringLower(SHA256.HashData(pixels)) == entry.Sha256;
            isSame.ShouldBe(isAttacked || encoding == "png", name);
            note.GetProperty("encoding").GetString().ShouldBe(!isAttacked || encoding == "png" ? encoding : encoding.StartsWith("webp", StringComparison.Ordinal) ? "webp:lossless" : "png");
        }

        using var reader = ImageSource.Open(root);
        var set = reader.Read(notes.Length);
        reader.Info.Classes.ShouldBe(["ant (red)", "leaf & grass"]);
        set.SourceIds.ShouldBe(notes.Select(note => note.GetProperty("file_name").GetString()!), ignoreOrder: true);
        set.SourceIds.Select(id => id.Split('/')[0]).ShouldBe(set.Labels.Select(label => reader.Info.Classes[label]));
        (await (await EnhancedSet.OpenAsync(result, None)).VerifyAsync(null, new NullActivityObserver(), None)).Report.Breaches.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_of_another_layout_is_not_written_over()
    {
        var set = await EnhancedSet.OpenAsync(await RunAsync(Source), None);
        await set.AddFormatsAsync([SetFormats.Folder], new NullActivityObserver(), None); // nothing is stated, nothing changes
        var folder = Path.Combine(_harness.Folder, "r", "folder");
        var jpeg = new FolderLayout { ImageFormat = ImageEncoding.Parse("jpeg:90") };

        (await Should.ThrowAsync<InputException>(() => set.AddFormatsAsync([SetFormats.Folder], jpeg, new NullActivityObserver(), None)))
            .Message.ShouldContain("has --names source --image-format png, not --names source --image-format jpeg:90");
        Directory.Move(folder, folder + "-before");
        await set.AddFormatsAsync([SetFormats.Folder], jpeg with { Names = FileNames.Numbers }, new NullActivityObserver(), None);

        Directory.GetFiles(folder, "*.jpg", SearchOption.AllDirectories).ShouldAllBe(file => Path.GetFileName(file).Length == "00000000.jpg".Length);
        (await EnhancedSet.OpenAsync(_harness.Store("r"), None)).Run.Request.Folder.ToString().ShouldBe("--names numbers --image-format jpeg:90");
    }

    [Fact]
    public async Task A_layout_that_is_asked_for_later_stays_in_a_record_that_can_be_read_and_repeated()
    {
        var set = await EnhancedSet.OpenAsync(await RunAsync(null), None);

        await set.AddFormatsAsync([SetFormats.Folder], Source, new NullActivityObserver(), None);

        var run = (await EnhancedSet.OpenAsync(_harness.Store("r"), None)).Run;
        run.Request.Folder.ShouldBe(Source);
        RepeatCommand.Of(run.Request).ShouldContain("--formats folder --names source");
        await File.WriteAllTextAsync(Path.Combine(_harness.Folder, "r", "folder", "metadata.jsonl"), "damaged", None);
        await (await EnhancedSet.OpenAsync(_harness.Store("r"), None)).AddFormatsAsync([SetFormats.Folder], new NullActivityObserver(), None);
        (await set.VerifyAsync(null, new NullActivityObserver(), None)).Report.Breaches.ShouldBeEmpty(); // made again as it was
    }

    [Fact]
    public async Task Names_that_the_source_does_not_have_and_choices_without_the_format_are_refused_before_any_work()
    {
        var request = _harness.Request with { Formats = [SetFormats.Folder], Folder = Source };

        (await Should.ThrowAsync<InputException>(() => _harness.RunAsync(request, _harness.Store("w"), _harness.Store("r"))))
            .Message.ShouldStartWith("Files cannot be named as in the source. Its format npy-pair has no names of files");
        _harness.Adversary.Trainings.ShouldBe(0);
        (request with { Formats = null }).Validate().ShouldHaveSingleItem().ShouldStartWith("names: says how the format folder is written");
        (request with { Formats = ["npy"], Folder = new() { ImageFormat = ImageEncoding.Png } }).Validate().ShouldHaveSingleItem().ShouldStartWith("imageFormat: ");
    }

    [Fact]
    public async Task A_parquet_file_of_a_set_that_has_names_gives_them_back_and_one_without_is_refused_before_any_work()
    {
        await RunAsync(null, formats: [SetFormats.Parquet]);
        var request = _harness.Request with { RunId = "again", Dataset = Path.Combine(_harness.Folder, "r", "parquet"), Formats = [SetFormats.Folder], Folder = Source };

        await _harness.RunAsync(request, _harness.Store("w"), _harness.Store("again"));

        var root = Path.Combine(_harness.Folder, "again", "folder");
        var files = Directory.GetFiles(root, "*.png", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'));
        files.ShouldBe(new[] { "ant (red)", "leaf & grass" }.SelectMany(_ => Names, (folder, name) => $"{folder}/{name}.png"), ignoreOrder: true);

        var numbered = new RunHarness(count: 5);
        await numbered.RunAsync(numbered.Request with { Formats = [SetFormats.Parquet] }, numbered.Store("w"), numbered.Store("r"));
        var parquet = Path.Combine(numbered.Folder, "r", "parquet");
        (await Should.ThrowAsync<InputException>(() => numbered.RunAsync(request with { Dataset = parquet }, numbered.Store("w"), numbered.Store("again")))).Message
            .ShouldBe($"Files cannot be named as in the source. {Path.Combine(parquet, "train-00000-of-00001.parquet")} has no path beside its pictures. Leave out --names source; metadata.jsonl tells each file's source record.");
        await numbered.RunAsync(request with { Dataset = parquet, Formats = null, Folder = default }, numbered.Store("w"), numbered.Store("again"));
        var set = await EnhancedSet.OpenAsync(numbered.Store("again"), None);
        (await Should.ThrowAsync<InputException>(() => set.AddFormatsAsync([SetFormats.Folder], Source, new NullActivityObserver(), None))).Message
            .ShouldContain("Its records, such as data.npy#0, have none.");
        numbered.Dispose();
    }

    [Fact]
    public void How_files_are_written_does_not_change_which_run_it_is()
    {
        RequestIdentity.Of(_harness.Request with { Folder = Source }).ShouldBe(RequestIdentity.Of(_harness.Request));
        RequestIdentity.Of(_harness.Request).ShouldNotContain("folder");
    }

    [Theory]
    [InlineData("image-folder", "cat/1.png", "1.png")]
    [InlineData("image-folder", "train/1.png", "train/1.png")] // of a table: the folder is not that of the class
    [InlineData("image-folder", "cat", "cat")]
    [InlineData("webdataset", "train-000.tar/deep/1.jpg", "deep/1.jpg")]
    [InlineData("parquet", "train-0.parquet#17", "")]
    [InlineData("parquet", "train-0.parquet#17/1.png", "1.png")]
    [InlineData("parquet", "train-0.parquet#17/deep/1.png", "deep/1.png")]
    [InlineData("parquet", "train-0.parquet#17/train/cat/deep/1.png", "deep/1.png")]
    [InlineData("parquet", "train-0.parquet#17/hf://datasets/a/b@main/train/7/1.png", "1.png")]
    [InlineData("parquet", "train-0.parquet#17//home/me/cat/1.png", "1.png")]
    [InlineData("parquet", "train-0.parquet#17/C:\\me\\pictures\\1.png", "1.png")]
    [InlineData("parquet", "train-0.parquet#17/cat", "cat")]
    [InlineData("parquet", "cat/1.png", "1.png")] // written by this program, from a folder
    [InlineData("parquet", "train-000.tar/deep/1.jpg", "deep/1.jpg")]
    [InlineData("parquet", "data_batch_1.bin#3", "")]
    [InlineData("cifar-python", "data_batch_1#3/tabby_s_000012.png", "tabby_s_000012.png")]
    [InlineData("cifar100-python", "train#3", "")]
    public void A_source_record_is_a_path_below_its_class(string format, string source, string path) =>
        FolderLayout.PathOf(source, format, "cat").ShouldBe(path);

    [Fact]
    public void Pictures_of_one_name_in_one_class_and_hostile_names_get_names_of_their_own()
    {
        var names = new FolderFileNames(["cat", "dog"], sample => sample.Source);

        Next("a.jpg").ShouldBe("cat/a.png");
        Next("a.png", 1).ShouldBe("cat/a-00000001.png");
        Next("A.gif", 2).ShouldBe("cat/A-00000002.png");
        Next("a-00000001.bmp", 3).ShouldBe("cat/a-00000001-00000003.png");
        Next("../../etc/passwd.png", 4).ShouldBe("cat/_/_/etc/passwd.png");
        Next("/x\\y:z?.png", 5).ShouldBe("cat/x_y_z_.png");
        Next("a.png/b.png", 6).ShouldBe("cat/00000006.png"); // a.png is a file
        Next(".hidden.png", 7).ShouldBe("cat/hidden.png");
        Next("", 8).ShouldBe("cat/00000008.png");
        Next("x.datacentric-tmp.png", 11).ShouldBe("cat/x_datacentric-tmp.png");

        string Next(string source, int index = 0) => names.Next(new(index, source, "clean", null, null, null, 0, 0, ""), 0, ".png");
    }

    [Fact]
    public void Any_names_become_paths_that_a_store_takes_and_no_two_are_one()
    {
        var letters = Gen.OneOf(Gen.Char, Gen.Int[0, 9].Select(i => "_. ✓/aA\\-1"[i]));
        Gen.String[letters, 0, 300].Array[1, 8].Sample(sources =>
        {
            var names = new FolderFileNames(ClassFolderNames.Of(sources, SegmentName.Of), sample => sample.Source);

            string[] paths = [.. sources.Concat(sources).Select((source, n) => names.Next(new(n, source, "clean", null, null, null, 0, 0, ""), n % sources.Length, ".png"))];

            paths.ShouldAllBe(path => ItemName.IsValid(path));
            paths.Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(paths.Length);
            paths.ShouldAllBe(path => !paths.Any(other => other.StartsWith(path + "/", StringComparison.OrdinalIgnoreCase)));
        });
    }

    [Fact]
    public async Task Broken_pictures_that_are_left_out_stand_in_the_record_and_in_the_report()
    {
        Directory.CreateDirectory(Path.Combine(_harness.Folder, "pictures", "ant (red)"));
        await File.WriteAllTextAsync(Path.Combine(_harness.Folder, "pictures", "ant (red)", "notes.png"), "no picture", None);
        (await Should.ThrowAsync<InputException>(() => RunAsync(Source))).Message.ShouldContain("notes.png: is not an image");

        var result = await RunAsync(Source, new() { SkipBroken = true });

        var run = (await EnhancedSet.OpenAsync(result, None)).Run;
        run.LeftOut.ShouldBe(["ant (red)/notes.png"]);
        run.Input.Count.ShouldBe(2 * Names.Length);
        (await File.ReadAllTextAsync(Path.Combine(_harness.Folder, "r", "report.html"), None)).ShouldContain("1 broken picture, which run.json names: ant (red)/notes.png</dd>");
        (await (await EnhancedSet.OpenAsync(result, None)).VerifyAsync(null, new NullActivityObserver(), None)).ShouldSatisfyAllConditions(
            verdict => verdict.Report.Breaches.ShouldBeEmpty(), verdict => verdict.AgainstSource.ShouldBeTrue());
    }

    private async Task<IDataStore> RunAsync(FolderLayout? layout, ReadingOptions reading = default, IReadOnlyList<string>? formats = null)
    {
        var source = Path.Combine(_harness.Folder, "pictures");
        var count = 0;
        foreach (var (folder, name) in new[] { "ant (red)", "leaf & grass" }.SelectMany(_ => Names, (folder, name) => (folder, name)))
        {
            Directory.CreateDirectory(Path.Combine(source, folder));
            byte[] pixels = [.. Enumerable.Range(0, RunHarness.Shape.ByteLength).Select(i => (byte)(128 + (90 * Math.Sin((i / 3.0) + (count * 0.7)))))];
            await File.WriteAllBytesAsync(Path.Combine(source, folder, name + ".png"), RgbImage.EncodePng(pixels, RunHarness.Shape), None);
            count++;
        }

        var result = _harness.Store("r");
        await _harness.RunAsync(_harness.Request with { Dataset = source, Formats = formats ?? (layout is null ? null : [SetFormats.Folder]), Folder = layout ?? default, Reading = reading }, _harness.Store("w"), result);
        return result;
    }
}
