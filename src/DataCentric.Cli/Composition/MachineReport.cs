using System.Diagnostics;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.InteropServices;
using DataCentric.Adversarial.Isolation;
using DataCentric.Adversarial.Runtime;
using DataCentric.Images;

namespace DataCentric.Cli.Composition;

/// <summary>What this machine has of what runs need.</summary>
/// <param name="Version">Version of this tool.</param>
/// <param name="System">Operating system and kind of processor.</param>
/// <param name="Runtime">Runtime of .NET.</param>
/// <param name="Processors">Processors that the process may use.</param>
/// <param name="MemoryBytes">Memory of the machine or the container.</param>
/// <param name="FreeMemoryBytes">What is left of it.</param>
/// <param name="TemporaryBytes">Bytes that are free where temporary files go.</param>
/// <param name="Compute">What computes: libtorch, processor, vector instructions; null where libtorch does not load.</param>
/// <param name="GraphicsCard">Model of the NVIDIA card; null where there is none, or no driver.</param>
/// <param name="IsBuiltForCuda">Whether this build could use it.</param>
/// <param name="AttackSeconds">Time of <see cref="AttackedImages"/> images; null where libtorch does not load.</param>
/// <param name="HasAzurite">Whether Azurite answers on this machine.</param>
/// <param name="Problems">What stands in the way of runs, a sentence each.</param>
internal sealed record MachineReport(
    string Version,
    string System,
    string Runtime,
    int Processors,
    long MemoryBytes,
    long FreeMemoryBytes,
    long TemporaryBytes,
    string? Compute,
    string? GraphicsCard,
    bool IsBuiltForCuda,
    double? AttackSeconds,
    bool HasAzurite,
    IReadOnlyList<string> Problems)
{
    /// <summary>Images of the small attack.</summary>
    public const int AttackedImages = 32;

    private const int AzuritePort = 10_000; // of its blobs
    private const long FewBytes = 2_000_000_000;

    private static readonly ImageShape Shape = new(32, 32);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromMilliseconds(300);

    /// <summary>Looks, and attacks a few made-up images as the recommended profile does.</summary>
    /// <param name="adversary">Trains and attacks.</param>
    /// <param name="cancellationToken">Stops the attack.</param>
    public static async Task<MachineReport> MakeAsync(IAdversary adversary, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var (compute, seconds) = Try(adversary, problems, cancellationToken);
        var (free, temporary) = (WorkingMemory.Free(), new DriveInfo(Path.GetFullPath(Path.GetTempPath())).AvailableFreeSpace);
        if (free < FewBytes)
            problems.Add($"Only {new MemorySize(free)} of memory are free; training and attack want {new MemorySize(FewBytes)} or more.");
        if (temporary < FewBytes)
            problems.Add($"Only {new MemorySize(temporary)} are free in {Path.GetTempPath()}, where archives are unpacked; TMPDIR names another folder.");
        return new(
            typeof(MachineReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}",
            RuntimeInformation.FrameworkDescription,
            Environment.ProcessorCount,
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            free,
            temporary,
            compute,
            TorchRuntime.GraphicsCard(),
            TorchRuntime.IsBuiltForCuda,
            seconds,
            await AnswersAsync(AzuritePort, cancellationToken),
            problems);
    }

    private static (string? Compute, double? Seconds) Try(IAdversary adversary, List<string> problems, CancellationToken cancellationToken)
    {
        try
        {
            return (adversary.Device, SecondsOfAttack(adversary, cancellationToken));
        }
        catch (ComputeProcessException ended)
        {
            problems.Add($"libtorch does not work here: {ended.Message}");
            return (null, null);
        }
    }

    private static double SecondsOfAttack(IAdversary adversary, CancellationToken cancellationToken)
    {
        var (profile, model) = (EnhancementProfiles.Recommended.Attack, new MemoryStream());
        var pixels = Enumerable.Range(0, AttackedImages * Shape.ByteLength).Select(i => (byte)(i * 31 % 251)).ToArray();
        var labels = Enumerable.Range(0, AttackedImages).Select(i => i % 2).ToArray();
        var images = new ImageSet(Shape, pixels, labels, [.. labels.Select(_ => "")]);
        var training = profile.Surrogates with { Epochs = 1, MinimumSteps = 0 };
        adversary.Train(new TrainingRequest(training.Architectures[0], images, 2, 0, training), model, progress: null, cancellationToken);
        using var ensemble = adversary.Load([new MemoryStream(model.ToArray())], Shape, 2);
        var batch = new AttackBatch(images, [.. labels.Select((_, i) => (ulong)i)], 0);
        ensemble.Attack(batch, profile.Attack with { Iterations = 1 }, progress: null, cancellationToken);
        var start = Stopwatch.GetTimestamp();
        ensemble.Attack(batch, profile.Attack, progress: null, cancellationToken);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port, cancellationToken).AsTask().WaitAsync(AnswerTime, cancellationToken);
            return true;
        }
        catch (Exception silent) when (silent is SocketException or TimeoutException)
        {
            return false;
        }
    }
}
