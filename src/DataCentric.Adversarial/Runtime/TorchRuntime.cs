using System.Runtime.Intrinsics.X86;
using TorchSharp;

namespace DataCentric.Adversarial.Runtime;

/// <summary>
/// Sets torch up before it computes: freed memory is kept, a worker computes with one torch thread, so that sums are formed in one
/// order and the result cannot depend on the number of cores, and oneDNN is off where it would crash.
/// </summary>
public static class TorchRuntime
{
    private static readonly Lazy<string> Description = new(SetUpProcess);

    /// <summary>What computes: libtorch and its version, processor, vector capability, torch threads, and oneDNN where it is off.</summary>
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
        var processor = CpuCaches.Here;
        var oneDnnOff = OperatingSystem.IsLinux() && processor is { Hidden: true };
        if (oneDnnOff)
            OneDnn.TurnOff();
        var safe = oneDnnOff ? ", oneDNN off (the processor hides its cache sizes)" : "";
        return $"libtorch {torch.__version__} cpu, {processor?.Name ?? "no x86"}, {VectorCapability}, 1 thread{safe}";
    }

    // The classes by which libtorch 2.10 chooses its own kernels (aten/src/ATen/native/DispatchStub.cpp).
    private static string VectorCapability =>
        Avx512BW.VL.IsSupported && Avx512DQ.IsSupported && Fma.IsSupported ? "AVX512"
        : Avx2.IsSupported && Fma.IsSupported ? "AVX2"
        : "DEFAULT";
}
