using System.Security.Cryptography;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Runs;

namespace DataCentric.Pipeline.Tests.Stages;

/// <summary>Runs whose surrogates begin with networks that the user imports.</summary>
public sealed class InitialSurrogateTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly byte[] One = [100, 224, 1]; // 100 classes, images of 224x224, see FakeAdversary.Inspect
    private static readonly byte[] Other = [100, 224, 2];
    private readonly RunHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Each_is_trained_from_its_model_once_and_the_record_tells_from_which()
    {
        var (work, result) = (_harness.Store("w"), _harness.Store("r"));
        var request = await RequestAsync(work, One, Other);

        await _harness.RunAsync(request, work, result);
        await _harness.RunAsync(request with { RunId = "again", Attack = request.Attack with { Iterations = 3 } }, work, _harness.Store("r2"));

        _harness.Adversary.Trainings.ShouldBe(2);
        var record = await result.TryReadJsonAsync<RunRecord>(ResultFiles.Run, PipelineJson.Indented, None);
        record!.Request.SurrogateInit.ShouldBe(request.SurrogateInit);
        record.Surrogates.Select(model => model.Architecture).ShouldBe(["fake", "fake"]);
        record.Surrogates.Select(model => model.TrainingAccuracy).ShouldBe([0.9, 0.9]);
        foreach (var (model, initial) in record.Surrogates.Zip(new[] { One, Other }))
            (await work.ReadAllBytesAsync(model.Name, None))[^3..].ShouldBe(initial);
    }

    [Fact]
    public async Task Content_order_and_training_are_part_of_the_runs_identity_and_architectures_are_not()
    {
        var request = await RequestAsync(_harness.Store("w"), One, Other);
        string[] ids =
        [
            .. new[]
            {
                request,
                request with { SurrogateInit = [.. request.SurrogateInit!.Reverse()] },
                request with { SurrogateInit = [request.SurrogateInit![0]] },
                request with { Surrogates = request.Surrogates with { Epochs = 77 } },
                request with { SurrogateInit = null, SurrogateModels = request.SurrogateInit },
                request with { SurrogateInit = null },
            }.Select(each => RequestIdentity.RunIdFor(each, "data")),
        ];

        ids.ShouldBeUnique();
        RequestIdentity.RunIdFor(request with { Surrogates = request.Surrogates with { Architectures = ["another"] } }, "data").ShouldBe(ids[0]);
        RequestIdentity.Of(request with { SurrogateInit = null }).ShouldNotContain("surrogateInit");
    }

    [Fact]
    public async Task One_that_is_not_in_the_store_is_named()
    {
        var request = _harness.Request with { SurrogateInit = [ImportedModel.NameOf(Hash(One))] };

        (await Should.ThrowAsync<InputException>(() => _harness.RunAsync(request, _harness.Store("w"), _harness.Store("r"))))
            .Message.ShouldStartWith("surrogateInit: ");
    }

    [Fact]
    public void Requests_that_cannot_be_are_named()
    {
        var name = ImportedModel.NameOf(Hash(One));
        Problems([]).ShouldContain("surrogateInit: an ensemble needs at least one model");
        Problems(["models/x.safetensors"]).ShouldContain("surrogateInit: 'models/x.safetensors' is not the name of an imported model");
        Problems([name, name]).ShouldContain("surrogateInit: a model is named twice");
        Problems([name], models: [name]).ShouldContain("surrogateInit: networks of surrogateModels are not trained");

        string Problems(string[] initial, string[]? models = null) =>
            string.Join(' ', (_harness.Request with { SurrogateInit = initial, SurrogateModels = models }).Validate());
    }

    private static string Hash(byte[] model) => Convert.ToHexStringLower(SHA256.HashData(model));

    private async Task<EnhancementRequest> RequestAsync(IDataStore store, params byte[][] models)
    {
        foreach (var model in models)
            await store.WriteAsync(ImportedModel.NameOf(Hash(model)), (stream, token) => stream.WriteAsync(model, token).AsTask(), None);
        return _harness.Request with { SurrogateInit = [.. models.Select(model => ImportedModel.NameOf(Hash(model)))] };
    }
}
