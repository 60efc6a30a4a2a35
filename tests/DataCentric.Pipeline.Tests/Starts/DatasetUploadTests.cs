using System.Text;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Starts;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Storage;
using DataCentric.Pipeline.Workflow;

namespace DataCentric.Pipeline.Tests.Starts;

public sealed class DatasetUploadTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TemporaryFolder _folder = new();
    private readonly FolderStore _store;
    private readonly RunStarter _starter;

    public DatasetUploadTests()
    {
        _store = new FolderStore(_folder["datasets"]);
        _starter = new RunStarter(new StoredDatasets(_store, _folder["scratch"]), new FolderStore(_folder["models"]), new FanOutLimits());
        Directory.CreateDirectory(_folder["mnist/more"]);
        File.WriteAllText(_folder["mnist/images"], "pixels");
        File.WriteAllText(_folder["mnist/more/labels"], "labels");
        File.WriteAllText(_folder["batch.bin"], "records");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("batch.bin", "batch.bin.json batch.bin")]
    [InlineData("mnist", "mnist/images mnist/more/labels mnist.json")]
    public async Task What_is_sent_last_starts_the_run_with_the_options(string dataset, string order)
    {
        var sent = await SendAsync(DatasetUpload.Of(_folder[dataset], null, """{ "seed": 9 }"""));

        string.Join(' ', sent).ShouldBe(order);
        foreach (var item in sent[..^1])
            (await _starter.FromUploadAsync(item, None)).ShouldBeNull();
        var run = (await _starter.FromUploadAsync(sent[^1], None))!.Input!.Request;
        (run.Dataset, run.Seed).ShouldBe((dataset, 9UL));
    }

    [Fact]
    public async Task Test_sets_start_no_run_and_take_no_options()
    {
        File.WriteAllText(_folder["mnist/testset.json"], "{}");

        foreach (var item in await SendAsync(DatasetUpload.Of(_folder["mnist"], "p", null)))
            (await _starter.FromUploadAsync(item, None)).ShouldBeNull();

        (await _store.ListAsync("", None).Select(item => item.Name).ToListAsync(None)).ShouldBe(["p/images", "p/more/labels", "p/testset.json"]);
        Should.Throw<InputException>(() => DatasetUpload.Of(_folder["mnist"], "p", "{}")).Message.ShouldContain("start no run");
    }

    [Fact]
    public async Task It_may_have_another_name_and_be_sent_again()
    {
        for (var time = 0; time < 2; time++)
            await SendAsync(DatasetUpload.Of(_folder["mnist"], "other", null));

        Encoding.UTF8.GetString(await _store.ReadAllBytesAsync("other/more/labels", None)).ShouldBe("labels");
        (await _starter.FromUploadAsync("other.json", None))!.Input!.Request.Dataset.ShouldBe("other");
    }

    [Theory]
    [InlineData("mnist", "mnist/old")]
    [InlineData("mnist", "mnist")]
    [InlineData("batch.bin", "batch.bin/part")]
    public async Task What_would_mix_with_another_data_set_is_refused_before_anything_is_sent(string dataset, string other)
    {
        await _store.WriteAllBytesAsync(other, new byte[1], None);

        (await Should.ThrowAsync<InputException>(() => SendAsync(DatasetUpload.Of(_folder[dataset], null, null)))).Message.ShouldContain($"'{other}'");

        (await _store.ListAsync("", None).ToListAsync(None)).ShouldHaveSingleItem().Name.ShouldBe(other);
    }

    [Fact]
    public async Task A_data_set_whose_name_begins_alike_is_no_obstacle()
    {
        await _store.WriteAllBytesAsync("mnist-2/images", new byte[1], None);

        (await SendAsync(DatasetUpload.Of(_folder["mnist"], null, null))).Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("nothing", null, null, "neither a file nor a folder")]
    [InlineData("mnist", "a/b", null, "'a/b'")]
    [InlineData("mnist", "a.json", null, "'a.json'")]
    [InlineData("mnist", "a.problems", null, "'a.problems'")]
    [InlineData("mnist", "..", null, "'..'")]
    [InlineData("mnist", null, """{ "limit": 0, "weather": 1 }""", "weather")]
    [InlineData("mnist", null, """{ "limit": 0 }""", "Limit")]
    [InlineData("mnist", null, """{ "dataset": "other" }""", "belongs to 'mnist'")]
    public void What_could_start_no_run_is_refused(string dataset, string? name, string? options, string problem)
    {
        Should.Throw<InputException>(() => DatasetUpload.Of(_folder[dataset], name, options)).Message.ShouldContain(problem);
    }

    [Fact]
    public async Task Another_data_set_of_the_same_names_is_replaced_only_where_that_is_wanted()
    {
        await SendAsync(DatasetUpload.Of(_folder["mnist"], null, null));
        File.WriteAllText(_folder["mnist/more/labels"], "LABELS");

        (await Should.ThrowAsync<InputException>(() => SendAsync(DatasetUpload.Of(_folder["mnist"], null, null)))).Message.ShouldContain("another 'mnist/more/labels'");
        Encoding.UTF8.GetString(await _store.ReadAllBytesAsync("mnist/more/labels", None)).ShouldBe("labels");
        await SendAsync(DatasetUpload.Of(_folder["mnist"], null, null), overwrite: true);

        Encoding.UTF8.GetString(await _store.ReadAllBytesAsync("mnist/more/labels", None)).ShouldBe("LABELS");
    }

    [Fact]
    public async Task Two_that_send_to_one_name_do_not_mix()
    {
        await using (await _store.TryLeaseAsync(".datacentric/mnist.lock", None))
            (await Should.ThrowAsync<InputException>(() => SendAsync(DatasetUpload.Of(_folder["mnist"], null, null)))).Message.ShouldContain("another process sends 'mnist'");

        (await _store.ListAsync("", None).ToListAsync(None)).ShouldBeEmpty();
        (await _starter.FromUploadAsync(".datacentric/mnist.lock", None)).ShouldBeNull();
    }

    private async Task<List<string>> SendAsync(DatasetUpload upload, bool overwrite = false)
    {
        var sent = new List<string>();
        await upload.SendAsync(_store, overwrite, item => sent.Add(item.Name), None);
        return sent;
    }
}
