using DataCentric.Pipeline.Tests.Runs;

namespace DataCentric.Pipeline.Tests.Stages;

public sealed class TrainingImagesTests : IDisposable
{
    private readonly RunHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Networks_of_an_ensemble_are_trained_on_one_copy_of_the_images()
    {
        var request = _harness.Request with { Surrogates = _harness.Request.Surrogates with { Architectures = ["fake", "fake2", "another"] } };

        await _harness.RunAsync(request, _harness.Store("w"), _harness.Store("r"), workers: 3);

        _harness.Adversary.TrainedOn.Count.ShouldBe(3);
        _harness.Adversary.TrainedOn.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Another_run_has_images_of_its_own()
    {
        await _harness.RunAsync(_harness.Request, _harness.Store("w"), _harness.Store("r"));
        await _harness.RunAsync(_harness.Request with { RunId = "other", Seed = 9, Limit = 50 }, _harness.Store("w"), _harness.Store("s"));

        _harness.Adversary.TrainedOn.Select(images => images.Count).Distinct().Count().ShouldBe(2);
    }
}
