using System.Collections.Concurrent;
using System.Diagnostics;

namespace DataCentric.Adversarial.Isolation;

/// <summary>
/// Training and attack on libtorch in processes of their own, as many as there are callers at one time: a crash of the native library
/// is an exception here, and what was worked on can be begun again. Safe for use by several threads at once.
/// </summary>
/// <param name="device">Where to compute.</param>
/// <param name="program">How this program is started so that a <see cref="ComputeServer"/> with that device serves it.</param>
public sealed class IsolatedAdversary(DeviceChoice device, Func<ProcessStartInfo> program) : IAdversary, IDisposable
{
    private readonly ConcurrentStack<ComputeProcess> _idle = new();
    private readonly ConcurrentBag<ComputeProcess> _started = [];
    private string? _device;

    /// <inheritdoc/>
    public string Device => _device ??= FindDevice();

    /// <summary>Why it does not compute where it was asked to, a sentence or two for people; null where it does.</summary>
    public string? Shortfall { get; } = new TorchAdversary(device).Shortfall;

    /// <summary>Processor time of all processes that it has started, those that have ended included.</summary>
    public ProcessorSeconds Used => _started.Aggregate(default(ProcessorSeconds), (sum, process) => sum + process.Used);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Architectures => Networks.Architectures.Names;

    /// <inheritdoc/>
    /// <exception cref="ComputeProcessException">The process that trains ended.</exception>
    public TrainingResult Train(TrainingRequest request, Stream model, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(model);
        var images = request.Images;
        var file = images as ImageFile;
        var state = StateOf(request.Checkpoint);
        var call = Message.Of(
            MessageKind.Train,
            new TrainCall(
                request.Architecture, images.Shape, images.SourceIds, request.ClassCount, request.Seed, request.Options,
                images.SoftLabels is not null, state is not null, request.Checkpoint is not null, request.Initial is not null, file is null ? null : Path.GetFullPath(file.Path)),
            file is null ? PixelsOf(images) : Message.Bytes<int>(file.Records), Message.Bytes<int>(images.Labels), Message.Bytes<float>(images.SoftLabels), state ?? [], request.Initial ?? []);
        var reply = Ask(call, Note, cancellationToken);
        model.Write(reply.Blobs[0]);
        return reply.Value<TrainingResult>();

        void Note(Message message)
        {
            if (message.Kind == MessageKind.Checkpoint)
                request.Checkpoint!.Write(stream => stream.Write(message.Blobs[0]));
            else
                progress?.Report(message.Value<TrainingProgress>());
        }
    }

    /// <inheritdoc/>
    public ModelContent Inspect(Stream model, string source)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Ask(Message.Of(MessageKind.Inspect, source, BytesOf(model))).Value<ModelContent>();
    }

    /// <inheritdoc/>
    public IEnsemble Load(IReadOnlyList<Stream> models, ImageShape shape, int classCount)
    {
        ArgumentNullException.ThrowIfNull(models);
        return new IsolatedEnsemble(this, Message.Of(MessageKind.Load, new LoadCall(shape, classCount), [.. models.Select(BytesOf)]));
    }

    /// <summary>Ends the idle processes; others start when they are needed.</summary>
    /// <returns>Most bytes of memory that one of them has had at a time; 0 where there were none.</returns>
    public long EndIdle()
    {
        var peak = 0L;
        while (_idle.TryPop(out var process))
        {
            peak = Math.Max(peak, process.PeakBytes);
            process.Dispose();
        }

        return peak;
    }

    /// <summary>Ends the idle processes.</summary>
    public void Dispose() => EndIdle();

    /// <summary>A process to be asked; to be given back.</summary>
    internal ComputeProcess Take() => _idle.TryPop(out var process) ? process : Start();

    /// <summary>Takes a process back; one that has ended is forgotten.</summary>
    internal void GiveBack(ComputeProcess process)
    {
        if (process.IsAlive)
            _idle.Push(process);
        else
            process.Dispose();
    }

    private ComputeProcess Start()
    {
        var process = new ComputeProcess(program());
        _started.Add(process);
        return process;
    }

    private string FindDevice()
    {
        var question = Message.Of(MessageKind.Describe, "");
        try
        {
            return Ask(question).Value<string>();
        }
        catch (ComputeProcessException)
        {
            return Ask(question).Value<string>(); // who asks for a name has no tries of its own
        }
    }

    private Message Ask(Message request, Action<Message>? note = null, CancellationToken cancellationToken = default)
    {
        var process = Take();
        try
        {
            return process.Ask(request, note, cancellationToken);
        }
        finally
        {
            GiveBack(process);
        }
    }

    private static byte[] PixelsOf(ILabelledImages images)
    {
        if (images is ImageSet set)
            return set.Pixels;
        var pixels = new byte[images.Count * images.Shape.ByteLength];
        for (var n = 0; n < images.Count; n++)
            images.Read(n, pixels.AsSpan(n * images.Shape.ByteLength, images.Shape.ByteLength));
        return pixels;
    }

    private static byte[]? StateOf(ITrainingCheckpoint? checkpoint)
    {
        using var state = checkpoint?.OpenRead();
        return state is null ? null : BytesOf(state);
    }

    private static byte[] BytesOf(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}

/// <summary>An ensemble in a process of its own; in a new one after that has ended.</summary>
internal sealed class IsolatedEnsemble : IEnsemble
{
    private readonly Lock _gate = new();
    private readonly IsolatedAdversary _adversary;
    private readonly Message _load;
    private ComputeProcess? _process;

    /// <summary>Loads the ensemble.</summary>
    /// <param name="adversary">Lends processes.</param>
    /// <param name="load">Says what to load.</param>
    public IsolatedEnsemble(IsolatedAdversary adversary, Message load)
    {
        (_adversary, _load) = (adversary, load);
        Loaded();
    }

    public AttackResult Attack(AttackBatch batch, AttackOptions options, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var images = batch.Images;
        var call = Message.Of(
            MessageKind.Attack, new AttackCall(images.Shape, images.SourceIds, batch.RunSeed, options),
            images.Pixels, Message.Bytes<int>(images.Labels), Message.Bytes<ulong>([.. batch.SampleKeys]));
        var reply = Ask(call, note => progress?.Report(note.Value<int>()), cancellationToken);
        return new(reply.Blobs[0], reply.Value<AttackOutcome[]>());
    }

    public float[] Logits(ReadOnlySpan<byte> pixels) => Ask(Message.Of(MessageKind.Logits, "", pixels.ToArray())).Numbers<float>(0);

    public IReadOnlyList<float[]> LogitsOfEach(ReadOnlySpan<byte> pixels)
    {
        var reply = Ask(Message.Of(MessageKind.LogitsOfEach, "", pixels.ToArray()));
        return [.. Enumerable.Range(0, reply.Blobs.Length).Select(reply.Numbers<float>)];
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_process is not { IsAlive: true } process)
                return;
            _process = null;
            try
            {
                process.Ask(Message.Of(MessageKind.Unload, ""));
            }
            catch (ComputeProcessException)
            {
                // It has ended meanwhile, and the ensemble with it.
            }

            _adversary.GiveBack(process);
        }
    }

    private Message Ask(Message request, Action<Message>? note = null, CancellationToken cancellationToken = default)
    {
        lock (_gate)
            return Loaded().Ask(request, note, cancellationToken);
    }

    private ComputeProcess Loaded()
    {
        if (_process is { IsAlive: true } present)
            return present;
        _process?.Dispose();
        _process = null;
        var process = _adversary.Take();
        try
        {
            process.Ask(_load);
        }
        catch
        {
            _adversary.GiveBack(process);
            throw;
        }

        return _process = process;
    }
}
