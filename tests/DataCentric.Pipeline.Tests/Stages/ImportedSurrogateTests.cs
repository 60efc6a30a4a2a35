using System.Security.Cryptography;
using System.Text.Json;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Runs;
using DataCentric.Pipeline.Training;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataCentric.Pipeline.Tests.Stages;

/// <summary>Runs that attack with networks the user imports.</summary>
public sealed class ImportedSurrogateTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly byte[] One = [5, 16, 1]; // 5 classes, images of 16x16, see FakeAdversary.Inspect
    private static readonly byte[] Other = [5, 16, 2];
    private readonly RunHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task They_are_not_trained_and_recorded_with_their_hashes()
    {
        var (work, result) = (_harness.Store("w"), _harness.Store("r"));
        var request = await RequestAsync(work, One, Other);

        await _harness.RunAsync(request, work, result);

        _harness.Adversary.Trainings.ShouldBe(0);
        var record = await result.TryReadJsonAsync<RunRecord>(ResultFiles.Run, PipelineJson.Indented, None);
        record!.Surrogates.Select(model => model.Sha256).ShouldBe([Hash(One), Hash(Other)]);
        record.Surrogates.ShouldAllBe(model => model.Architecture == "fake" && model.Parameters == 3 && model.TrainingAccuracy == null);
        var manifest = System.Text.Encoding.UTF8.GetString(await result.ReadAllBytesAsync(ResultFiles.Manifest, None));
        manifest.Split(EnsemblePool.HashOf(record.Surrogates)).Length.ShouldBe(61, "each of the 60 attacked samples names the ensemble");
    }

    [Fact]
    public async Task Their_content_and_order_are_part_of_the_runs_identity_and_options_of_training_are_not()
    {
        var request = await RequestAsync(_harness.Store("w"), One, Other);
        string[] ids =
        [
            .. new[]
            {
                request,
                request with { SurrogateModels = [.. request.SurrogateModels!.Reverse()] },
                request with { SurrogateModels = [request.SurrogateModels![0]] },
                request with { SurrogateModels = null },
            }.Select(each => RequestIdentity.RunIdFor(each, "data")),
        ];

        ids.Distinct().Count().ShouldBe(4);
        RequestIdentity.RunIdFor(request with { Surrogates = request.Surrogates with { Epochs = 77 } }, "data").ShouldBe(ids[0]);
        RequestIdentity.Of(request with { SurrogateModels = null }).ShouldNotContain("surrogateModels");
    }

    [Theory]
    [InlineData(new byte[] { 7, 16, 1 }, "for 7 classes and images of 16x16; the data set has 5 classes and images of 16x16")]
    [InlineData(new byte[] { 5, 32, 1 }, "for 5 classes and images of 32x32")]
    public async Task One_of_another_class_count_or_image_size_is_refused_before_anything_is_attacked(byte[] model, string reason)
    {
        var work = _harness.Store("w");
        var request = await RequestAsync(work, One, model);

        var refusal = await Should.ThrowAsync<InputException>(() => _harness.RunAsync(request, work, _harness.Store("r")));

        refusal.Message.ShouldStartWith("Surrogate model 2 of 2 (fake): ");
        refusal.Message.ShouldContain(reason);
        _harness.Adversary.AttackedBatches.ShouldBe(0);
    }

    [Theory]
    [InlineData(new byte[] { 7, 16, 1 }, "The held-out network (fake): for 7 classes and images of 16x16; the data set has 5 classes and images of 16x16.")]
    [InlineData(null, "heldOut: ")]
    public async Task A_held_out_network_that_cannot_be_asked_is_refused_before_any_other_is_trained(byte[]? model, string reason)
    {
        var work = _harness.Store("w");
        if (model is not null)
            await work.WriteAsync("models/h", (stream, token) => stream.WriteAsync(model, token).AsTask(), None);

        var refusal = await Should.ThrowAsync<InputException>(() => _harness.RunAsync(_harness.Request with { HeldOut = "models/h" }, work, _harness.Store("r")));

        refusal.Message.ShouldStartWith(reason);
        _harness.Adversary.Trainings.ShouldBe(0);
    }

    [Fact]
    public async Task One_that_is_not_in_the_store_is_named()
    {
        var request = _harness.Request with { SurrogateModels = [ImportedModel.NameOf(Hash(One))] };

        (await Should.ThrowAsync<InputException>(() => _harness.RunAsync(request, _harness.Store("w"), _harness.Store("r"))))
            .Message.ShouldContain(Hash(One));
    }

    [Fact]
    public async Task One_that_was_replaced_in_the_store_is_not_attacked_with()
    {
        var work = _harness.Store("w");
        await work.WriteAsync(ImportedModel.NameOf(Hash(One)), (stream, token) => stream.WriteAsync(Other, token).AsTask(), None);
        var input = new SurrogateInput(
            _harness.Request with { SurrogateModels = [ImportedModel.NameOf(Hash(One))] }, new IngestedSet("data", 300, RunHarness.Shape, 5, false), 0);
        var stores = new PipelineStores(work, work, _ => work);
        var activity = new PrepareSurrogateActivity(stores, new(stores), _harness.Adversary, new NullActivityObserver(), NullLogger<PrepareSurrogateActivity>.Instance);

        (await Should.ThrowAsync<InvalidDataException>(() => activity.RunAsync(input, None))).Message.ShouldContain($"has hash {Hash(Other)}");
    }

    [Fact]
    public void Requests_that_cannot_be_are_named()
    {
        Problems(_harness.Request with { SurrogateModels = [] }).ShouldContain("at least one model");
        Problems(_harness.Request with { SurrogateModels = ["models/x.safetensors"] }).ShouldContain("'models/x.safetensors' is not the name of an imported model");
        Problems(_harness.Request with { SurrogateModels = ["models/../brought-" + Hash(One) + ".safetensors"] }).ShouldContain("is not the name");
        Problems(_harness.Request with
        {
            SurrogateModels = [ImportedModel.NameOf(Hash(One))],
            Attack = _harness.Request.Attack with { EnsembleWeights = [0.5, 0.5] },
        }).ShouldContain("2 weights for 1 surrogates");

        static string Problems(EnhancementRequest request) => string.Join(' ', request.Validate());
    }

    [Fact]
    public void References_travel_not_models()
    {
        var input = new SurrogateInput(
            _harness.Request with { SurrogateModels = [.. Enumerable.Repeat(ImportedModel.NameOf(Hash(One)), 6)] }, new IngestedSet("data", 300, RunHarness.Shape, 5, false), 5);

        var message = JsonSerializer.SerializeToUtf8Bytes(input, PipelineJson.Compact);

        message.Length.ShouldBeLessThan(4096);
        JsonSerializer.Deserialize<SurrogateInput>(message, PipelineJson.Compact)!.Imported.ShouldBe(input.Imported);
    }

    private static string Hash(byte[] model) => Convert.ToHexStringLower(SHA256.HashData(model));

    private async Task<EnhancementRequest> RequestAsync(IDataStore store, params byte[][] models)
    {
        foreach (var model in models)
            await store.WriteAsync(ImportedModel.NameOf(Hash(model)), (stream, token) => stream.WriteAsync(model, token).AsTask(), None);
        return _harness.Request with { SurrogateModels = [.. models.Select(model => ImportedModel.NameOf(Hash(model)))] };
    }
}
