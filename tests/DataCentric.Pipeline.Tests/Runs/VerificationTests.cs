using System.Text;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Runs;

public sealed class VerificationTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly RunHarness _harness = new();
    private IDataStore _result = null!;

    public async ValueTask InitializeAsync()
    {
        _result = _harness.Store("result");
        await _harness.RunAsync(_harness.Request, _harness.Store("work"), _result);
    }

    public ValueTask DisposeAsync()
    {
        _harness.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_untouched_set_is_good_with_and_without_its_source()
    {
        (await VerifyAsync()).BreachCount.ShouldBe(0);
        Directory.Delete(Path.GetDirectoryName(_harness.Dataset)!, recursive: true);
        (await VerifyAsync()).BreachCount.ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(299)]
    public async Task One_changed_byte_of_one_image_names_the_sample(int sample)
    {
        await ChangeAsync(ResultFiles.Data, bytes => bytes[128 + (sample * RunHarness.Shape.ByteLength) + 5] ^= 1);

        var report = await VerifyAsync();

        report.Breaches[0].ShouldStartWith($"Sample {sample} (data.npy#{sample})");
        report.Breaches[^1].ShouldContain("data.npy");
    }

    [Fact]
    public async Task A_removed_line_of_the_manifest_names_the_sample()
    {
        await ChangeLinesAsync(lines => lines.RemoveAt(123));

        (await VerifyAsync()).Breaches[0].ShouldBe("Sample 123 is missing from manifest.jsonl.");
    }

    [Fact]
    public async Task A_doubled_line_of_the_manifest_names_the_sample()
    {
        await ChangeLinesAsync(lines => lines.Insert(123, lines[122]));

        (await VerifyAsync()).Breaches[0].ShouldContain("sample 122");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("null")] // JSON, but no entry: what comes after it is read all the same
    public async Task A_line_that_is_no_manifest_line_is_named(string line)
    {
        await ChangeLinesAsync(lines => lines[7] = line);

        var report = await VerifyAsync();

        report.Breaches[0].ShouldContain("manifest.jsonl line 8");
        report.Breaches[1].ShouldBe("Sample 7 is missing from manifest.jsonl.");
        report.Breaches.ShouldNotContain("Sample 8 is missing from manifest.jsonl.");
    }

    [Fact]
    public async Task One_changed_bit_of_a_label_names_the_sample()
    {
        await ChangeAsync(ResultFiles.Label, bytes => bytes[128 + (20 * 17)] ^= 1); // rows of 5 floats

        (await VerifyAsync()).Breaches[0].ShouldStartWith("Sample 17 (data.npy#17): its row in label.npy");
    }

    [Fact]
    public async Task Two_swapped_labels_name_both_samples()
    {
        await ChangeAsync(ResultFiles.Label, bytes =>
        {
            var (first, second) = (bytes[128..148], bytes[148..168]); // rows of 5 floats
            second.CopyTo(bytes, 128);
            first.CopyTo(bytes, 148);
        });

        var breaches = (await VerifyAsync()).Breaches;

        breaches[0].ShouldStartWith("Sample 0 (data.npy#0): its label");
        breaches[1].ShouldStartWith("Sample 1 (data.npy#1): its label");
    }

    [Fact]
    public async Task A_label_changed_in_the_manifest_names_the_sample()
    {
        await ChangeLinesAsync(lines => lines[42] = lines[42].Replace("\"label\":2", "\"label\":3", StringComparison.Ordinal));

        (await VerifyAsync()).Breaches[0].ShouldStartWith("Sample 42 (data.npy#42)");
    }

    [Fact]
    public async Task A_cut_file_names_the_first_sample_that_is_missing()
    {
        await CutAsync(ResultFiles.Data, 128 + (200 * RunHarness.Shape.ByteLength) + 1);

        var breaches = (await VerifyAsync()).Breaches;

        breaches.ShouldContain("Sample 200: data.npy ends before it.");
        breaches.ShouldContain(breach => breach.StartsWith("data.npy has", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ResultFiles.Data)]
    [InlineData(ResultFiles.Label)]
    public async Task A_file_cut_in_its_header_is_named(string file)
    {
        await CutAsync(file, 40);

        (await VerifyAsync()).Breaches[0].ShouldContain(file);
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        File.Delete(PathOf(ResultFiles.Label));

        (await VerifyAsync()).Breaches.ShouldContain("label.npy is missing.");
    }

    [Fact]
    public async Task The_wrong_source_is_refused()
    {
        var other = Path.Combine(_harness.Folder, "other", "data.npy");
        RunHarness.WriteDataset(other, seed: 2);
        var set = await EnhancedSet.OpenAsync(_result, None);

        await Should.ThrowAsync<InputException>(() => set.VerifyAsync(other, new NullActivityObserver(), None));
    }

    [Theory]
    [InlineData("empty folder")]
    [InlineData("pipe")]
    [InlineData("folder with a pipe")]
    [InlineData("other data")]
    public async Task A_recorded_source_that_is_of_no_use_any_more_is_told_and_stops_nothing(string what)
    {
        var folder = Path.GetDirectoryName(_harness.Dataset)!;
        Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        if (what == "empty folder") // as an unmounted disk leaves it
            Directory.CreateDirectory(_harness.Dataset);
        else if (what == "other data")
            RunHarness.WriteDataset(_harness.Dataset, seed: 9);
        else
            MakePipe(what == "pipe" ? _harness.Dataset : Path.Combine(Directory.CreateDirectory(_harness.Dataset).FullName, "data.npy"));

        var verdict = await (await EnhancedSet.OpenAsync(_result, None)).VerifyAsync(null, new NullActivityObserver(), None).WaitAsync(TimeSpan.FromMinutes(2), None);

        verdict.Report.BreachCount.ShouldBe(0);
        verdict.AgainstSource.ShouldBeFalse();
        verdict.Notes.ShouldContain(note => note.StartsWith("The source is not where it was: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_of_the_set_that_became_a_pipe_is_named()
    {
        File.Delete(PathOf(ResultFiles.Data));
        MakePipe(PathOf(ResultFiles.Data));

        var verdict = await (await EnhancedSet.OpenAsync(_result, None)).VerifyAsync(null, new NullActivityObserver(), None).WaitAsync(TimeSpan.FromMinutes(2), None);

        verdict.Report.Breaches.ShouldContain(breach => breach.StartsWith("data.npy has 0 bytes", StringComparison.Ordinal));
    }

    private static void MakePipe(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes among files.");
        using var process = System.Diagnostics.Process.Start("mkfifo", [path]);
        process.WaitForExit();
    }

    private async Task<VerificationReport> VerifyAsync() =>
        (await (await EnhancedSet.OpenAsync(_result, None)).VerifyAsync(null, new NullActivityObserver(), None)).Report;

    private string PathOf(string name) => Path.Combine(_harness.Folder, "result", name);

    private async Task ChangeAsync(string name, Action<byte[]> change)
    {
        var bytes = await File.ReadAllBytesAsync(PathOf(name), None);
        change(bytes);
        await File.WriteAllBytesAsync(PathOf(name), bytes, None);
    }

    private async Task CutAsync(string name, int length) =>
        await File.WriteAllBytesAsync(PathOf(name), (await File.ReadAllBytesAsync(PathOf(name), None))[..length], None);

    private async Task ChangeLinesAsync(Action<List<string>> change)
    {
        var lines = (await File.ReadAllLinesAsync(PathOf(ResultFiles.Manifest), None)).ToList();
        change(lines);
        await File.WriteAllTextAsync(PathOf(ResultFiles.Manifest), string.Concat(lines.Select(line => line + "\n")), new UTF8Encoding(false), None);
    }
}
