using DataCentric.Adversarial.Tests.Support;
using DataCentric.Attacks;

namespace DataCentric.Adversarial.Tests.Training;

public class TrainingStateTests
{
    private static readonly SurrogateOptions Options = new() { Epochs = 3, BatchSize = 16, CropPadding = 2 };
    private static readonly TrainingRequest Request = new("vgg_compact", Patterns.Make(48), Patterns.Classes, 3, Options);
    private static readonly Lazy<byte[]> Undisturbed = new(() => Train(Request, []));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_stopped_training_goes_on_after_the_last_epoch_and_ends_with_the_same_bytes(int epochs)
    {
        var memory = StoppedAfter(epochs);
        var told = new List<int>();

        var model = Train(Request with { Checkpoint = memory }, told);

        told.ShouldBe(Enumerable.Range(epochs + 1, 3 - epochs));
        model.ShouldBe(Undisturbed.Value);
    }

    [Fact]
    public void The_state_of_another_training_is_not_used()
    {
        TrainingRequest[] others =
        [
            Request with { Seed = 4 },
            Request with { Architecture = "mobilenet_compact" },
            Request with { Options = Options with { LearningRate = 0.05 } },
            Request with { Images = Patterns.Make(48, seed: 5) },
            Request with { Initial = TrainedSurrogates.Bytes[0] },
        ];
        foreach (var other in others)
        {
            var told = new List<int>();

            Train(other with { Checkpoint = new Kept { State = StoppedAfter(1).State } }, told);

            told.ShouldBe([1, 2, 3]);
        }
    }

    [Fact]
    public void A_state_is_used_whatever_other_networks_the_ensemble_has()
    {
        var told = new List<int>();

        Train(Request with { Options = Options with { Architectures = ["vgg_compact", "wrn_compact"] }, Checkpoint = StoppedAfter(2) }, told);

        told.ShouldBe([3]);
    }

    [Fact]
    public void A_broken_state_is_not_used()
    {
        var kept = StoppedAfter(2).State!;
        foreach (var length in new[] { 0, 7, 200, kept.Length - 1 })
        {
            var told = new List<int>();

            Train(Request with { Checkpoint = new Kept { State = kept[..length] } }, told).ShouldBe(Undisturbed.Value);

            told.ShouldBe([1, 2, 3]);
        }
    }

    [Fact]
    public void A_state_is_no_model() => Should.Throw<InputException>(() => TrainedSurrogates.Load(StoppedAfter(1).State!)).Message.ShouldContain("not a model file");

    private static Kept StoppedAfter(int epochs)
    {
        var memory = new Kept();
        using var source = new CancellationTokenSource();
        using var file = new MemoryStream();
        var stop = new Listener<TrainingProgress>(progress =>
        {
            if (progress.Epoch == epochs)
                source.Cancel();
        });
        Should.Throw<OperationCanceledException>(() => new TorchAdversary().Train(Request with { Checkpoint = memory }, file, stop, source.Token));
        file.Length.ShouldBe(0);
        return memory;
    }

    private static byte[] Train(TrainingRequest request, List<int> epochs)
    {
        using var file = new MemoryStream();
        new TorchAdversary().Train(request, file, new Listener<TrainingProgress>(progress => epochs.Add(progress.Epoch)), CancellationToken.None);
        return file.ToArray();
    }
}
