using System.Diagnostics;
using System.Text.Json;
using DataCentric.Adversarial;
using DataCentric.Adversarial.Isolation;
using DataCentric.Adversarial.Runtime;
using DataCentric.Attacks;
using DataCentric.Images;

namespace DataCentric.Cli.Tests.Faults;

/// <summary>Training and attack in a process of their own, and what is left when that one dies.</summary>
public sealed class ComputeProcessTests : IDisposable
{
    private const string Mark = "DATACENTRIC_TEST_MARK";
    private const int Classes = 3;

    private static readonly SurrogateOptions Options = new() { Architectures = ["vgg_compact"], Epochs = 16, BatchSize = 16, CropPadding = 2 };
    private static readonly AttackBatch Batch = new(Images(4), [0, 1, 2, 3], RunSeed: 5);
    private readonly string _mark = $"{Mark}={Guid.NewGuid()}";
    private readonly TorchAdversary _here = new();
    private readonly IsolatedAdversary _there;

    public ComputeProcessTests() => _there = new(DeviceChoice.Cpu, () =>
    {
        var start = new ProcessStartInfo("dotnet") { ArgumentList = { Path.Combine(AppContext.BaseDirectory, "datacentric.dll"), "compute-server", "Cpu" } };
        start.Environment[Mark] = _mark[(Mark.Length + 1)..];
        return start;
    });

    public void Dispose() => _there.Dispose();

    [Fact]
    public void It_gives_the_same_bytes()
    {
        var (model, told) = Train(_there);

        model.ShouldBe(Train(_here).Model);
        told.ShouldBe(Enumerable.Range(1, 16));
        _there.Device.ShouldBe(_here.Device);
        JsonSerializer.Serialize(_there.Inspect(new MemoryStream(model), "m")).ShouldBe(JsonSerializer.Serialize(_here.Inspect(new MemoryStream(model), "m")));
        using var expected = Load(_here, model);
        using var actual = Load(_there, model);
        var (wanted, attacked) = (Attack(expected), Attack(actual));
        attacked.Pixels.ShouldBe(wanted.Pixels);
        attacked.Outcomes.ShouldBe(wanted.Outcomes);
        actual.Logits(attacked.Pixels).ShouldBe(expected.Logits(attacked.Pixels));
        actual.LogitsOfEach(attacked.Pixels)[0].ShouldBe(expected.LogitsOfEach(attacked.Pixels)[0]);
    }

    [Fact]
    public void It_gives_the_same_bytes_from_images_in_a_file()
    {
        var images = Images(48);
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, [.. images.Pixels.Skip(images.Shape.ByteLength), .. images.Image(0)]);
            using var file = new ImageFile(path, [47, .. Enumerable.Range(0, 47)], images.Shape, images.Labels, images.SourceIds);

            Train(_there, new Kept(), images: file).Model.ShouldBe(Train(_here).Model);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_training_whose_process_crashes_goes_on_from_its_checkpoint()
    {
        var checkpoint = new Kept();

        var crash = Should.Throw<ComputeProcessException>(() => Train(_there, checkpoint, progress => Crash(when: progress.Epoch == 2)));
        var (model, told) = Train(_there, checkpoint);

        crash.Message.ShouldContain("signal 9");
        told[0].ShouldBeGreaterThan(2);
        told[^1].ShouldBe(Options.Epochs);
        model.ShouldBe(Train(_here).Model);
    }

    [Fact]
    public void What_its_processes_have_used_is_counted_also_when_they_have_ended()
    {
        _there.Used.ShouldBe(default);

        Train(_there);
        var trained = _there.Used;
        trained.User.ShouldBeGreaterThan(0);
        Crash(when: true);
        _there.Used.Total.ShouldBeGreaterThanOrEqualTo(trained.Total);
        Should.Throw<ComputeProcessException>(() => Train(_there));
        Train(_there);
        var again = _there.Used;
        again.User.ShouldBeGreaterThan(trained.User);
        _there.EndIdle();

        _there.Used.Total.ShouldBeGreaterThanOrEqualTo(again.Total);
    }

    [Fact]
    public void An_ensemble_whose_process_crashed_is_loaded_again()
    {
        var model = Train(_here).Model;
        using var ensemble = Load(_there, model);
        var expected = Attack(ensemble);
        Crash(when: true);

        Should.Throw<ComputeProcessException>(() => Attack(ensemble));
        Attack(ensemble).Pixels.ShouldBe(expected.Pixels);
    }

    [Fact]
    public void An_ensemble_whose_process_died_can_be_given_up()
    {
        var ensemble = Load(_there, Train(_here).Model);
        Crash(when: true);

        Should.NotThrow(ensemble.Dispose);
    }

    [Fact]
    public void Wrong_input_is_told_as_by_the_adversary_itself_and_the_process_lives_on()
    {
        var wrong = new TrainingRequest("vgg_compact", Images(1), Classes, 1, Options);

        var told = Should.Throw<InputException>(() => _there.Train(wrong, Stream.Null, null, CancellationToken.None)).Message;

        told.ShouldBe(Should.Throw<InputException>(() => _here.Train(wrong, Stream.Null, null, CancellationToken.None)).Message);
        var first = ComputeProcesses.With(_mark).ShouldHaveSingleItem().Id;
        Train(_there);
        ComputeProcesses.With(_mark).ShouldHaveSingleItem().Id.ShouldBe(first);
    }

    [Fact]
    public void Who_stops_or_fails_meanwhile_leaves_no_process_that_works_on()
    {
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => Train(_there, progress: _ => stop.Cancel(), cancellationToken: stop.Token));
        Should.Throw<IOException>(() => Train(_there, new Kept { IsFull = true })).Message.ShouldBe("No space left on device");

        SpinWait.SpinUntil(() => ComputeProcesses.With(_mark).Count == 0, TimeSpan.FromSeconds(20)).ShouldBeTrue();
    }

    private static (byte[] Model, List<int> Told) Train(
        IAdversary adversary, Kept? checkpoint = null, Action<TrainingProgress>? progress = null, ILabelledImages? images = null, CancellationToken cancellationToken = default)
    {
        var told = new List<int>();
        using var model = new MemoryStream();
        adversary.Train(
            new("vgg_compact", images ?? Images(48), Classes, 7, Options) { Checkpoint = checkpoint },
            model,
            new Listener(epoch =>
            {
                told.Add(epoch.Epoch);
                progress?.Invoke(epoch);
            }),
            cancellationToken);
        return (model.ToArray(), told);
    }

    private void Crash(bool when)
    {
        if (when)
            ComputeProcesses.End(ComputeProcesses.With(_mark).ShouldHaveSingleItem());
    }

    private static IEnsemble Load(IAdversary adversary, byte[] model) => adversary.Load([new MemoryStream(model)], new(16, 16), Classes);

    private static AttackResult Attack(IEnsemble ensemble) => ensemble.Attack(Batch, new() { Iterations = 2 }, null, CancellationToken.None);

    private static ImageSet Images(int count)
    {
        var pixels = new byte[count * 16 * 16 * 3];
        new Random(count).NextBytes(pixels);
        return new(new(16, 16), pixels, [.. Enumerable.Range(0, count).Select(n => n % Classes)], [.. Enumerable.Range(0, count).Select(n => $"image#{n}")]);
    }

    private sealed class Listener(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }

    private sealed class Kept : ITrainingCheckpoint
    {
        private byte[]? _state;

        public bool IsFull { get; init; }

        public Stream? OpenRead() => _state is null ? null : new MemoryStream(_state);

        public void Write(Action<Stream> write)
        {
            if (IsFull)
                throw new IOException("No space left on device");
            using var file = new MemoryStream();
            write(file);
            _state = file.ToArray();
        }
    }
}
