using DataCentric.Adversarial.Exchange;
using DataCentric.Adversarial.Runtime;
using DataCentric.Adversarial.Tests.Support;
using DataCentric.Attacks;
using DataCentric.Images;
using static TorchSharp.DisposeScopeManager;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Tests.Runtime;

/// <summary>A tensor made outside of a dispose scope may be freed while libtorch reads it (<see cref="TorchThreads"/>): there are none.</summary>
public sealed class TensorScopeTests
{
    [Fact]
    public void On_torch_threads_every_tensor_is_made_in_a_scope() => TorchThreads.Run(() =>
    {
        var (inside, outside) = (Statistics.CreatedInScopeCount, Statistics.CreatedOutsideScopeCount);

        DoEverything(epochs: 2);

        Statistics.CreatedOutsideScopeCount.ShouldBe(outside);
        (Statistics.CreatedInScopeCount - inside).ShouldBeGreaterThan(1000);
        return 0;
    });

    [Fact]
    public void Callers_make_no_tensor_on_their_own_thread()
    {
        var made = -1L;
        var caller = new Thread(() =>
        {
            DoEverything(epochs: 1);
            made = Statistics.CreatedInScopeCount + Statistics.CreatedOutsideScopeCount;
        });
        caller.Start();
        caller.Join();

        made.ShouldBe(0);
    }

    [Fact]
    public void The_scope_of_long_work_holds_no_more_than_that_of_short_work() => Held(epochs: 6).ShouldBe(Held(epochs: 2));

    private static int Held(int epochs) => TorchThreads.Run(() =>
    {
        using var scope = NewDisposeScope();
        DoEverything(epochs);
        return scope.DisposablesCount;
    });

    /// <summary>Each entrance: training with checkpoints and soft labels, going on, model files, exchange, attack, classification.</summary>
    private static void DoEverything(int epochs)
    {
        var adversary = new TorchAdversary();
        var hard = Patterns.Make(24);
        float[] soft = [.. hard.Labels.SelectMany(label => Enumerable.Range(0, Patterns.Classes).Select(k => k == label ? 0.8f : 0.1f))];
        var images = new ImageSet(hard.Shape, hard.Pixels, hard.Labels, hard.SourceIds, soft);
        var request = new TrainingRequest("resnet50_compact", images, Patterns.Classes, 1, new() { Epochs = epochs, BatchSize = 12 }) { Checkpoint = new Kept() };
        using var model = new MemoryStream();
        for (var time = 0; time < 2; time++) // the second time from the checkpoint
        {
            model.SetLength(0);
            adversary.Train(request, model, null, CancellationToken.None);
        }

        model.Position = 0;
        adversary.Inspect(model, "model").ClassCount.ShouldBe(Patterns.Classes);
        model.Position = 0;
        using var npz = new MemoryStream();
        ModelExchange.Export(model, "model", npz);
        npz.Position = 0;
        using var imported = new MemoryStream();
        ModelExchange.Import(new(request.Architecture, images.Shape, [0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]), npz, "npz", imported);
        using var ensemble = TrainedSurrogates.Load(model.ToArray(), imported.ToArray());
        foreach (var precision in Enum.GetValues<GradientPrecision>())
        {
            var result = ensemble.Attack(TrainedSurrogates.Batch(2), new() { Iterations = epochs, Precision = precision }, null, CancellationToken.None);
            ensemble.Logits(result.Pixels).Length.ShouldBe(2 * Patterns.Classes);
            ensemble.LogitsOfEach(result.Pixels).Count.ShouldBe(2);
        }
    }
}
