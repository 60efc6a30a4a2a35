using TorchSharp;

namespace DataCentric.Adversarial.Runtime;

/// <summary>
/// Sets torch up before it computes: freed memory is kept, a worker computes with one torch thread, so that sums are formed in one
/// order and the result cannot depend on the number of cores.
/// </summary>
public static class TorchRuntime
{
    private static readonly Lazy<string> Description = new(SetUpProcess);

    /// <summary>What computes on the processor: libtorch and its version, processor, vector capability, instructions for bfloat16, torch threads.</summary>
    public static string Device => Description.Value;

    /// <summary>What computes on a device.</summary>
    /// <param name="device">Torch's name of it.</param>
    public static string DeviceName(torch.Device device) => device.type == DeviceType.CUDA
        ? $"libtorch {torch.__version__} cuda, {GraphicsCard() ?? "unnamed"}"
        : Device;

    /// <summary>Prepares the process once, and the calling thread. To be called by each worker thread before it computes.</summary>
    public static void Prepare()
    {
        _ = Device;
        torch.set_num_threads(1); // OpenMP keeps this setting for each thread
    }

    /// <summary>Whether this build computes on CUDA devices, too.</summary>
    public static bool IsBuiltForCuda => ComputeDevice.IsCudaBuild;

    /// <summary>The model of the first NVIDIA card; null where there is none, or no driver of it. Its driver for Linux tells them in text files.</summary>
    public static string? GraphicsCard()
    {
        const string folder = "/proc/driver/nvidia/gpus";
        return !Directory.Exists(folder) ? null : Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
            .SelectMany(card => File.ReadLines(Path.Combine(card, "information")))
            .FirstOrDefault(line => line.StartsWith("Model:", StringComparison.Ordinal))?["Model:".Length..].Trim();
    }

    private static string SetUpProcess()
    {
        NativeMemory.Keep();
        torch.set_num_threads(1);
        return $"libtorch {torch.__version__} cpu, {Processor.Name}, {Processor.VectorCapability}, {Processor.FastBfloat16 ?? "no bf16"}, 1 thread";
    }
}
