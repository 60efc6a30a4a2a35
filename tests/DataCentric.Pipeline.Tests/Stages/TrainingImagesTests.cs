using System.Security.Cryptography;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Tests.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace DataCentric.Pipeline.Tests.Stages;

public sealed class TrainingImagesTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly int[] Chosen = [2, 3, 50];
    private readonly RunHarness _harness = new();
    private readonly CancellationTokenSource _never = new();

    public void Dispose()
    {
        _harness.Dispose();
        _never.Dispose();
    }

    [Fact]
    public async Task Networks_of_an_ensemble_are_trained_on_the_file_of_the_canonical_set()
    {
        var request = _harness.Request with { Surrogates = _harness.Request.Surrogates with { Architectures = ["fake", "fake2", "another"] } };

        await _harness.RunAsync(request, _harness.Store("w"), _harness.Store("r"), workers: 3);

        _harness.Adversary.TrainedOn.Count.ShouldBe(3);
        _harness.Adversary.TrainedOn.Distinct().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            images => images.Path.ShouldBe($"{_harness.Folder}/w/runs/run/input/pixels.bin"),
            images => images.Sha256.ShouldBe(HashOfSource()));
    }

    [Fact]
    public async Task Where_the_store_is_no_folder_they_are_trained_on_a_copy_that_is_gone_afterwards()
    {
        var request = _harness.Request with { Surrogates = _harness.Request.Surrogates with { Architectures = ["fake", "fake2"] } };

        await _harness.RunAsync(request, NoFolder(), _harness.Store("r"));

        _harness.Adversary.TrainedOn.Select(images => images.Sha256).Distinct().ShouldHaveSingleItem().ShouldBe(HashOfSource());
        _harness.Adversary.TrainedOn.ShouldAllBe(images => images.Path.StartsWith(Path.GetTempPath(), StringComparison.Ordinal) && !File.Exists(images.Path));
    }

    [Fact]
    public async Task Another_run_has_images_of_its_own()
    {
        await _harness.RunAsync(_harness.Request, _harness.Store("w"), _harness.Store("r"));
        await _harness.RunAsync(_harness.Request with { RunId = "other", Seed = 9, Limit = 50 }, _harness.Store("w"), _harness.Store("s"));

        _harness.Adversary.TrainedOn.Select(images => images.Count).Order().ShouldBe([50, RunHarness.Count]);
    }

    [Fact]
    public async Task Trainings_at_the_same_time_share_a_copy()
    {
        var (images, set, canonical) = await StoredAsync();
        var first = await images.OpenAsync("run", set, Chosen, None);
        var second = await images.OpenAsync("run", set, Chosen, None);

        second.Path.ShouldBe(first.Path);
        new FileInfo(first.Path).Length.ShouldBe(3 * RunHarness.Shape.ByteLength);
        first.Dispose();
        FakeAdversary.HashOf(second).ShouldBe(FakeAdversary.HashOf((await canonical.ReadAsync(Chosen, None)).Images));
        second.Dispose();
        File.Exists(first.Path).ShouldBeFalse();
        using var third = await images.OpenAsync("run", set, Chosen, None);
        third.Path.ShouldNotBe(first.Path);
    }

    [Fact]
    public async Task Labels_and_names_are_those_of_the_chosen_samples()
    {
        var (images, set, canonical) = await StoredAsync();

        using var opened = await images.OpenAsync("run", set, Chosen, None);

        opened.Labels.ShouldBe((await canonical.ReadAsync(Chosen, None)).Images.Labels);
        opened.SourceIds.ShouldBe(["#2", "#3", "#50"]);
        opened.SoftLabels.ShouldBeNull();
    }

    [Fact]
    public async Task A_copy_that_failed_is_made_again_and_leaves_nothing()
    {
        var (images, set, _) = await StoredAsync();
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => images.OpenAsync("run", set, Chosen, stopped.Token));

        using var opened = await images.OpenAsync("run", set, Chosen, None);
        opened.Count.ShouldBe(3);
    }

    private StoppingStore NoFolder() => new(_harness.Store("w"), stopAt: 0, _never);

    private async Task<(TrainingImages Images, IngestedSet Set, CanonicalSet Canonical)> StoredAsync()
    {
        var store = NoFolder();
        await using var services = _harness.Services(store, store);
        var set = await services.GetRequiredKeyedService<IActivity<EnhancementRequest, IngestedSet>>(ActivityNames.Ingest.Name).RunAsync(_harness.Request, None);
        return (new(new PipelineStores(store, store, _ => store)), set, new(store, new RunLayout("run"), set));
    }

    private string HashOfSource()
    {
        var data = File.ReadAllBytes(_harness.Dataset);
        return Convert.ToHexStringLower(SHA256.HashData(data.AsSpan(data.Length - (RunHarness.Count * RunHarness.Shape.ByteLength))));
    }
}
