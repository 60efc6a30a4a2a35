using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DataCentric.Adversarial.Isolation;

/// <summary>Answers the requests of an <see cref="IsolatedAdversary"/> in another process until that one is gone.</summary>
public sealed class ComputeServer : IDisposable
{
    private readonly TorchAdversary _adversary;
    private readonly Stream _requests;
    private readonly Stream _replies;
    private readonly PosixSignalRegistration _interrupt;
    private IEnsemble? _ensemble;

    /// <summary>Prepares to serve.</summary>
    /// <param name="device">Where to compute.</param>
    /// <param name="requests">From the other process; its end means that the other one is gone.</param>
    /// <param name="replies">To the other process.</param>
    public ComputeServer(DeviceChoice device, Stream requests, Stream replies)
    {
        (_adversary, _requests, _replies) = (new(device), new BufferedStream(requests), new BufferedStream(replies));
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true); // Ctrl-C is told to both; the other one decides
    }

    /// <summary>Serves.</summary>
    public void Run()
    {
        using var waiting = new BlockingCollection<Message>();
        new Thread(() => Listen(waiting)) { IsBackground = true, Name = "requests" }.Start();
        foreach (var request in waiting.GetConsumingEnumerable())
            Answer(request).Write(_replies);
    }

    /// <summary>Forgets the ensemble.</summary>
    public void Dispose()
    {
        _ensemble?.Dispose();
        _interrupt.Dispose();
    }

    private void Listen(BlockingCollection<Message> waiting)
    {
        try
        {
            while (true)
                waiting.Add(Message.Read(_requests));
        }
        catch (EndOfStreamException)
        {
            Process.GetCurrentProcess().Kill(); // whatever is computed, nobody waits for it
        }
    }

    private Message Answer(Message request)
    {
        try
        {
            return request.Kind switch
            {
                MessageKind.Describe => Done(_adversary.Device),
                MessageKind.Train => Train(request.Value<TrainCall>(), request),
                MessageKind.Inspect => Done(_adversary.Inspect(new MemoryStream(request.Blobs[0]), request.Value<string>())),
                MessageKind.Load => Load(request.Value<LoadCall>(), request),
                MessageKind.Unload => Unload(),
                MessageKind.Attack => Attack(request.Value<AttackCall>(), request),
                MessageKind.Logits => Done("", Message.Bytes<float>(_ensemble!.Logits(request.Blobs[0]))),
                MessageKind.LogitsOfEach => Done("", [.. _ensemble!.LogitsOfEach(request.Blobs[0]).Select(logits => Message.Bytes<float>(logits))]),
                var unknown => throw new InvalidOperationException($"There is no request {unknown}."),
            };
        }
        catch (InputException wrong)
        {
            return Message.Of(MessageKind.Refused, wrong.Message);
        }
        catch (Exception broken)
        {
            return Message.Of(MessageKind.Failed, $"{broken.GetType().Name}: {broken.Message}");
        }
    }

    private Message Train(TrainCall call, Message request)
    {
        var (labels, soft) = (request.Numbers<int>(1), call.IsSoft ? request.Numbers<float>(2) : null);
        using var file = call.File is null ? null : new ImageFile(call.File, request.Numbers<int>(0), call.Shape, labels, call.SourceIds, soft);
        var images = file ?? (ILabelledImages)new ImageSet(call.Shape, request.Blobs[0], labels, call.SourceIds, soft);
        var checkpoint = call.Keeps ? new RemoteCheckpoint(call.HasCheckpoint ? request.Blobs[3] : null, Tell) : null;
        using var model = new MemoryStream();
        var result = _adversary.Train(
            new(call.Architecture, images, call.ClassCount, call.Seed, call.Options) { Checkpoint = checkpoint, Initial = call.HasInitial ? request.Blobs[4] : null },
            model, new Teller<TrainingProgress>(Tell), CancellationToken.None);
        return Done(result, model.ToArray());
    }

    private Message Load(LoadCall call, Message request)
    {
        Unload();
        _ensemble = _adversary.Load([.. request.Blobs.Select(file => new MemoryStream(file))], call.Shape, call.ClassCount);
        return Done("");
    }

    private Message Unload()
    {
        _ensemble?.Dispose();
        _ensemble = null;
        return Done("");
    }

    private Message Attack(AttackCall call, Message request)
    {
        var images = new ImageSet(call.Shape, request.Blobs[0], request.Numbers<int>(1), call.SourceIds);
        var result = _ensemble!.Attack(
            new(images, request.Numbers<ulong>(2), call.RunSeed), call.Options, new Teller<int>(Tell), CancellationToken.None);
        return Done(result.Outcomes, result.Pixels);
    }

    private void Tell(Message message) => message.Write(_replies);

    private static Message Done<T>(T value, params byte[][] blobs) => Message.Of(MessageKind.Done, value, blobs);

    private sealed class Teller<T>(Action<Message> tell) : IProgress<T>
    {
        public void Report(T value) => tell(Message.Of(MessageKind.Progress, value));
    }

    private sealed class RemoteCheckpoint(byte[]? state, Action<Message> tell) : ITrainingCheckpoint
    {
        public Stream? OpenRead() => state is null ? null : new MemoryStream(state);

        public void Write(Action<Stream> write)
        {
            using var file = new MemoryStream();
            write(file);
            tell(Message.Of(MessageKind.Checkpoint, "", file.ToArray()));
        }
    }
}
