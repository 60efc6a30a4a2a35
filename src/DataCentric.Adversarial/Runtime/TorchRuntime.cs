using TorchSharp;

namespace DataCentric.Adversarial.Runtime;

/// <summary>
/// Sets torch up before it computes: freed memory is kept, a worker computes with one torch thread, so that sums are formed in one
/// order and the result cannot depend on the number of cores.
/// </summary>
public static class TorchRuntime
{
    private static readonly Lazy<string> Description = new(SetUpProcess);

    /// <summary>What computes: libtorch and its version, processor, vector capability, instructions for bfloat16, torch threads.</summary>
    public static string Device => Description.Value;

    /// <summary>Prepares the process once, and the calling thread. To be called by each worker thread before it computes.</summary>
    public static void Prepare()
    {
        _ = Device;
        torch.set_num_threads(1); // OpenMP keeps this setting for each thread
    }

    private static string SetUpProcess()
    {
        NativeMemory.Keep();
        torch.set_num_threads(1);
        return $"libtorch {torch.__version__} cpu, {Processor.Name}, {Processor.VectorCapability}, {Processor.FastBfloat16 ?? "no bf16"}, 1 thread";
    }
}
