using System.Text;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Starts;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Starts;

public sealed class UploadTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly StartHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task A_data_set_of_one_blob_starts_with_the_defaults_or_with_its_sidecar()
    {
        await _harness.WriteAsync("batch.bin", "pixels");

        var byDefault = await _harness.Starter.FromUploadAsync("batch.bin", None);
        byDefault!.Input!.Request.Dataset.ShouldBe("batch.bin");
        byDefault.Input.Request.Split.ToString().ShouldBe("1:2:2");

        await _harness.WriteAsync("batch.bin.json", """{ "split": "1:1:3", "seed": 9 }""");
        var chosen = await _harness.Starter.FromUploadAsync("batch.bin", None);
        chosen!.Input!.Request.Split.ToString().ShouldBe("1:1:3");
        chosen.Input.Request.Seed.ShouldBe(9UL);
        chosen.Input.Request.RunId.ShouldNotBe(byDefault.Input.Request.RunId);
    }

    [Fact]
    public async Task A_folder_starts_with_its_sidecar_and_not_with_its_blobs()
    {
        await _harness.WriteAsync("mnist/data.npy", "pixels");
        await _harness.WriteAsync("mnist/label.npy", "labels");
        await _harness.WriteAsync("mnist.json", "{}");

        (await _harness.Starter.FromUploadAsync("mnist/data.npy", None)).ShouldBeNull();
        (await _harness.Starter.FromUploadAsync("mnist/label.npy", None)).ShouldBeNull();
        (await _harness.Starter.FromUploadAsync("mnist.json", None))!.Input!.Request.Dataset.ShouldBe("mnist");
    }

    [Fact]
    public async Task The_sidecar_of_one_blob_starts_nothing()
    {
        await _harness.WriteAsync("batch.bin", "pixels");
        await _harness.WriteAsync("batch.bin.json", "{}");

        (await _harness.Starter.FromUploadAsync("batch.bin.json", None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_repeated_event_names_the_same_run_and_a_new_upload_another()
    {
        await _harness.WriteAsync("batch.bin", "pixels");
        var first = await RunIdAsync();

        (await RunIdAsync()).ShouldBe(first);
        File.SetLastWriteTimeUtc(Path.Combine(_harness.Datasets.Location, "batch.bin"), new DateTime(2031, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        (await RunIdAsync()).ShouldNotBe(first);

        async Task<string> RunIdAsync() => (await _harness.Starter.FromUploadAsync("batch.bin", None))!.Input!.Request.RunId;
    }

    [Fact]
    public async Task A_broken_sidecar_is_told_and_starts_nothing()
    {
        await _harness.WriteAsync("batch.bin", "pixels");
        await _harness.WriteAsync("batch.bin.json", """{ "splitt": "1:1:3", "dataset": "other" }""");

        var start = await _harness.Starter.FromUploadAsync("batch.bin", None);

        start!.Input.ShouldBeNull();
        start.Problems.Count.ShouldBe(2);
        start.Problems.ShouldContain("dataset: batch.bin.json belongs to 'batch.bin', not to 'other'.");
    }

    [Theory]
    [InlineData("batch.bin", "batch.bin")]
    [InlineData("mnist/data.npy", "mnist")]
    public async Task What_is_wrong_lies_beside_the_data_set_until_an_upload_starts_a_run(string data, string dataset)
    {
        var starts = data == dataset ? data : dataset + ".json";
        await _harness.WriteAsync(data, "pixels");
        await _harness.WriteAsync($"{dataset}.json", """{ "splitt": "1:1:3" }""");
        await _harness.Starter.FromUploadAsync(starts, None);

        var told = Encoding.UTF8.GetString(await _harness.Datasets.ReadAllBytesAsync($"{dataset}.problems.json", None));
        told.ShouldContain("splitt: there is no such option");
        (await _harness.Starter.FromUploadAsync($"{dataset}.problems.json", None)).ShouldBeNull("It tells, and starts nothing.");
        (await _harness.StartAsync($$"""{ "dataset": "{{dataset}}" }""")).Problems.ShouldBeEmpty("It is no part of the data set.");

        await _harness.WriteAsync($"{dataset}.json", """{ "split": "1:1:3" }""");
        (await _harness.Starter.FromUploadAsync(starts, None))!.Input.ShouldNotBeNull();
        (await _harness.Datasets.FindAsync($"{dataset}.problems.json", None)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_a_body_or_sidecar_that_never_ends_no_more_is_read_than_options_may_be_long()
    {
        await _harness.WriteAsync("batch.bin", "pixels");
        await _harness.WriteAsync("batch.bin.json", new string(' ', ChoicesJson.LongestText + 1));
        using var endless = new EndlessStream();

        (await _harness.Starter.FromBodyAsync(endless, None)).Problems.ShouldHaveSingleItem().ShouldBe("The options: longer than 65536 bytes, the most that is read.");
        (await _harness.Starter.FromUploadAsync("batch.bin", None))!.Problems.ShouldHaveSingleItem().ShouldStartWith("batch.bin.json: longer than");

        endless.BytesRead.ShouldBeLessThanOrEqualTo(2 * ChoicesJson.LongestText);
    }

    [Theory]
    [InlineData(RunState.Unknown, StartDecision.Start, StartDecision.Start)]
    [InlineData(RunState.Running, StartDecision.Refuse, StartDecision.Ignore)]
    [InlineData(RunState.Ended, StartDecision.Start, StartDecision.Ignore)]
    public void A_run_is_started_once_at_a_time_by_users_and_once_by_an_upload(RunState state, StartDecision user, StartDecision upload)
    {
        StartRules.ForUser(state).ShouldBe(user);
        StartRules.ForUpload(state).ShouldBe(upload);
    }

    [Fact]
    public async Task A_data_set_is_fetched_to_the_scratch_folder_and_removed_afterwards()
    {
        await _harness.WriteAsync("mnist/sub/data.npy", "pixels");
        var datasets = new StoredDatasets(_harness.Datasets, _harness.Scratch);

        string path;
        using (var located = await datasets.LocateAsync("mnist", None))
        {
            path = located.Path;
            (await File.ReadAllTextAsync(Path.Combine(path, "sub", "data.npy"), None)).ShouldBe("pixels");
        }

        Directory.Exists(path).ShouldBeFalse();
        await Should.ThrowAsync<InputException>(() => datasets.LocateAsync("nowhere", None));
    }
}
