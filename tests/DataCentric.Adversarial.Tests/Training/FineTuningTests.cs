using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Networks;
using DataCentric.Adversarial.Tests.Support;
using DataCentric.Attacks;
using DataCentric.Images;

namespace DataCentric.Adversarial.Tests.Training;

/// <summary>Training that begins with a trained network.</summary>
public class FineTuningTests
{
    private const int Classes = 2;
    private static readonly byte[] Initial = TrainedSurrogates.Bytes[0]; // vgg_compact for 3 classes of 16x16
    private static readonly SurrogateOptions Hardly = new() { Epochs = 1, BatchSize = 16, CropPadding = 0, LearningRate = 0.000001, WeightDecay = 0 };

    [Fact]
    public void All_weights_but_those_of_the_last_layer_and_the_normalisation_are_the_models()
    {
        var (before, initial) = ModelFile.ReadTensors(new MemoryStream(Initial), "initial");
        var (after, tuned) = Read(Train(Request(Hardly)));

        after.Keys.ShouldBe(before.Keys);
        foreach (var (name, tensor) in before.Where(pair => !IsHead(pair.Key) && !pair.Key.Contains("running", StringComparison.Ordinal)))
            after[name].Values.Zip(tensor.Values, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-4f, name);
        after["classifier.weight"].Shape.ShouldBe([Classes, 128]);
        tuned.Statistics.Mean.ShouldBe(initial.Statistics.Mean);
        tuned.Statistics.Deviation.ShouldBe(initial.Statistics.Deviation);
        (tuned.ClassCount, tuned.Shape).ShouldBe((Classes, new ImageShape(24, 24)));
        tuned.InitialSha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Initial)));
    }

    [Fact]
    public void The_last_layer_is_drawn_from_the_seed()
    {
        var heads = new ulong[] { 3, 3, 4 }.Select(seed => Convert.ToHexString(
            System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(Read(Train(Request(Hardly) with { Seed = seed })).Tensors["classifier.weight"].Values))).ToArray();

        heads[1].ShouldBe(heads[0]);
        heads[2].ShouldNotBe(heads[0]);
    }

    [Fact]
    public void It_learns_in_fewer_steps_than_from_nothing()
    {
        var options = TrainingPresets.FineTuning(new()) with { MinimumSteps = 20 };
        var request = Request(options) with { Images = Patterns.Make(96), ClassCount = Patterns.Classes };

        Accuracy(request).ShouldBeGreaterThan(Accuracy(request with { Initial = null }) + 0.2);
    }

    [Fact]
    public void A_model_of_another_architecture_or_none_at_all_is_refused()
    {
        Should.Throw<InputException>(() => Train(Request(Hardly) with { Architecture = "resnet8" })).Message.ShouldContain("is a vgg_compact; a resnet8 is to be trained");
        Should.Throw<InputException>(() => Train(Request(Hardly) with { Initial = [1, 2, 3] })).Message.ShouldContain("The initial model: not a safetensors file");
    }

    private static TrainingRequest Request(SurrogateOptions options)
    {
        var images = Patterns.Make(32, side: 24);
        return new("vgg_compact", new ImageSet(images.Shape, images.Pixels, [.. images.Labels.Select(label => label % Classes)], images.SourceIds), Classes, 3, options) { Initial = Initial };
    }

    private static double Accuracy(TrainingRequest request) => new TorchAdversary().Train(request, new MemoryStream(), null, CancellationToken.None).Accuracy;

    private static byte[] Train(TrainingRequest request)
    {
        using var file = new MemoryStream();
        new TorchAdversary().Train(request, file, null, CancellationToken.None);
        return file.ToArray();
    }

    private static (IReadOnlyDictionary<string, StoredTensor> Tensors, ModelDescription Description) Read(byte[] model) =>
        ModelFile.ReadTensors(new MemoryStream(model), "tuned");

    private static bool IsHead(string name) => name.StartsWith("classifier.", StringComparison.Ordinal);
}
