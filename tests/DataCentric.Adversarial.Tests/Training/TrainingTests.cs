using DataCentric.Adversarial.Runtime;
using DataCentric.Adversarial.Tests.Support;
using DataCentric.Attacks;
using DataCentric.Images;

namespace DataCentric.Adversarial.Tests.Training;

public class TrainingTests
{
    private static readonly SurrogateOptions Options = new() { Epochs = 2, BatchSize = 16, CropPadding = 2 };

    [Fact]
    public void A_trained_network_classifies_images_it_never_saw()
    {
        var unseen = Patterns.Make(60, seed: 77);
        using var ensemble = TrainedSurrogates.Load(TrainedSurrogates.Bytes[0]);

        var logits = ensemble.Logits(unseen.Pixels);

        var right = Enumerable.Range(0, unseen.Count).Count(n => Best(logits, n) == unseen.Labels[n]);
        right.ShouldBeGreaterThan(54);
    }

    [Fact]
    public void The_same_request_gives_the_same_bytes_alone_and_beside_another_training()
    {
        var alone = Train(Request());
        var beside = new byte[2][];
        Parallel.For(0, 2, i => beside[i] = Train(Request()));

        beside[0].ShouldBe(alone);
        beside[1].ShouldBe(alone);
        Train(Request() with { Seed = 9 }).ShouldNotBe(alone);
    }

    [Fact]
    public void Each_option_changes_the_network()
    {
        SurrogateOptions[] variants =
        [
            Options,
            Options with { Epochs = 3 },
            Options with { MinimumSteps = 12 }, // 4 epochs of 3 steps
            Options with { BatchSize = 24 },
            Options with { LearningRate = 0.05 },
            Options with { WeightDecay = 0 },
            Options with { DecayAll = true },
            Options with { Momentum = 0.5 },
            Options with { Nesterov = false },
            Options with { Schedule = TrainingSchedule.EpochCosine },
            Options with { CropPadding = 0 },
            Options with { Flip = false },
            Options with { TrainingPrecision = TrainingPrecision.Bfloat16 },
        ];

        variants.Select(options => Convert.ToHexString(Weights(Train(Request() with { Options = options })))).ShouldBeUnique();
    }

    [Fact]
    public void Bfloat16_teaches_as_well_as_float32()
    {
        var unseen = Patterns.Make(60, seed: 77);
        var request = Request() with { Images = Patterns.Make(240), Options = TrainedSurrogates.Options with { TrainingPrecision = TrainingPrecision.Bfloat16 } };

        foreach (var network in new[] { "vgg_compact", "densenet_compact", "mobilenet_compact", "resnet9_16" })
        {
            var model = Train(request with { Architecture = network });
            Train(request with { Architecture = network }).ShouldBe(model, network);

            using var ensemble = TrainedSurrogates.Load(model);
            var logits = ensemble.Logits(unseen.Pixels);
            Enumerable.Range(0, unseen.Count).Count(n => Best(logits, n) == unseen.Labels[n]).ShouldBeGreaterThan(54, network);
        }
    }

    [Fact]
    public void By_itself_a_training_takes_the_faster_format()
    {
        byte[] Weighed(TrainingPrecision precision) => Weights(Train(Request() with { Options = Options with { TrainingPrecision = precision } }));

        Weighed(TrainingPrecision.Auto).ShouldBe(Weighed(Processor.FastBfloat16 is null ? TrainingPrecision.Float32 : TrainingPrecision.Bfloat16));
    }

    [Fact]
    public void Soft_labels_teach_what_they_say()
    {
        var images = Patterns.Make(120);
        var shifted = new ImageSet(images.Shape, images.Pixels, images.Labels, images.SourceIds, OneHot(images, shift: 1));
        using var ensemble = TrainedSurrogates.Load(Train(Request() with { Images = shifted, Options = TrainedSurrogates.Options }));

        var logits = ensemble.Logits(images.Pixels);

        Enumerable.Range(0, images.Count).Count(n => Best(logits, n) == (images.Labels[n] + 1) % Patterns.Classes).ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Progress_tells_each_epoch_and_the_loss_falls()
    {
        var told = new List<TrainingProgress>();
        using var file = new MemoryStream();

        var result = new TorchAdversary().Train(
            Request() with { Options = Options with { Epochs = 3 } }, file, new Listener<TrainingProgress>(told.Add), CancellationToken.None);

        told.Select(progress => (progress.Epoch, progress.Epochs)).ShouldBe([(1, 3), (2, 3), (3, 3)]);
        told[2].Loss.ShouldBeLessThan(told[0].Loss);
        result.Loss.ShouldBe(told[2].Loss);
        result.Parameters.ShouldBe(145_242 - (7 * 129)); // vgg_compact with 3 instead of 10 classes
    }

    [Fact]
    public void A_cancelled_training_writes_nothing()
    {
        using var source = new CancellationTokenSource();
        using var file = new MemoryStream();

        Should.Throw<OperationCanceledException>(() => new TorchAdversary().Train(
            Request(), file, new Listener<TrainingProgress>(_ => source.Cancel()), source.Token));

        file.Length.ShouldBe(0);
    }

    [Fact]
    public void A_training_that_diverges_says_so_and_writes_nothing()
    {
        using var file = new MemoryStream();
        var nan = Enumerable.Repeat(float.NaN, 48 * Patterns.Classes).ToArray();
        var images = Patterns.Make(48);
        var request = Request() with { Images = new ImageSet(images.Shape, images.Pixels, images.Labels, images.SourceIds, nan) };

        Should.Throw<InputException>(() => new TorchAdversary().Train(request, file, null, CancellationToken.None)).Message.ShouldContain("diverged");

        file.Length.ShouldBe(0);
    }

    [Fact]
    public void Sets_and_options_that_cannot_be_trained_on_are_refused()
    {
        var images = Patterns.Make(12);

        Refusal(Request() with { Images = Patterns.Make(1) }).ShouldContain("at least 2 images");
        Refusal(Request() with { Images = images, ClassCount = 2 }).ShouldBe("pattern#2: label 2; expected 0 to 1.");
        Refusal(Request() with { Images = images, ClassCount = 1 }).ShouldContain("at least 2 classes");
        Refusal(Request() with { Architecture = "alexnet" }).ShouldContain("alexnet");
        Refusal(Request() with { Options = Options with { BatchSize = 1 } }).ShouldContain("BatchSize");
        Refusal(Request() with { Options = Options with { LearningRate = double.NaN } }).ShouldContain("LearningRate");
        Refusal(Request() with { Images = new ImageSet(images.Shape, images.Pixels, images.Labels, images.SourceIds, new float[24]) }).ShouldContain("2 label probabilities");
    }

    private static string Refusal(TrainingRequest request) => Should.Throw<InputException>(() => Train(request)).Message;

    private static TrainingRequest Request() => new("vgg_compact", Patterns.Make(48), Patterns.Classes, 3, Options);

    private static byte[] Train(TrainingRequest request)
    {
        using var file = new MemoryStream();
        new TorchAdversary().Train(request, file, null, CancellationToken.None);
        return file.ToArray();
    }

    private static byte[] Weights(byte[] file) => file[(8 + (int)BitConverter.ToInt64(file))..];

    private static int Best(float[] logits, int n) => Enumerable.Range(0, Patterns.Classes).MaxBy(k => logits[(n * Patterns.Classes) + k]);

    private static float[] OneHot(ImageSet images, int shift)
    {
        var probabilities = new float[images.Count * Patterns.Classes];
        for (var n = 0; n < images.Count; n++)
            probabilities[(n * Patterns.Classes) + ((images.Labels[n] + shift) % Patterns.Classes)] = 1;
        return probabilities;
    }
}
