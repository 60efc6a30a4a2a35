using TorchSharp;

namespace DataCentric.Adversarial.Runtime;

/// <summary>Where torch is to compute.</summary>
public enum DeviceChoice
{
    /// <summary>On a CUDA device where the build and the machine have one, else on the processor.</summary>
    Auto,

    /// <summary>On the processor.</summary>
    Cpu,

    /// <summary>On a CUDA device.</summary>
    Cuda,
}

/// <summary>Where torch computes.</summary>
/// <param name="Type">The kind of device; of several CUDA devices the first.</param>
/// <param name="Shortfall">Why it is not what was asked for; null where it is.</param>
internal sealed record ComputeDevice(DeviceType Type, string? Shortfall = null)
{
#if TORCH_CUDA
    public const bool IsCudaBuild = true;
#else
    public const bool IsCudaBuild = false;
#endif

    /// <summary>Torch's name of the device.</summary>
    public torch.Device Torch => Type == DeviceType.CUDA ? torch.CUDA : torch.CPU;

    /// <summary>The device of this process.</summary>
    /// <param name="choice">What is asked for.</param>
    public static ComputeDevice Choose(DeviceChoice choice) =>
        Choose(choice, IsCudaBuild, () => IsCudaBuild && torch.cuda.is_available());

    /// <summary>The device of a process with these properties. Without CUDA the processor steps in: slower, and the same function.</summary>
    /// <param name="choice">What is asked for.</param>
    /// <param name="isCudaBuild">Whether libtorch was built for CUDA.</param>
    /// <param name="hasCuda">Whether there is a CUDA device; asked only where it matters.</param>
    public static ComputeDevice Choose(DeviceChoice choice, bool isCudaBuild, Func<bool> hasCuda) => (choice, isCudaBuild) switch
    {
        (DeviceChoice.Cpu, _) or (DeviceChoice.Auto, false) => new(DeviceType.CPU),
        (DeviceChoice.Cuda, false) => new(
            DeviceType.CPU, "CUDA was asked for, but this is a build for processors; build with -p:TorchDevice=cuda. Computing on the processor."),
        _ when hasCuda() => new(DeviceType.CUDA),
        (DeviceChoice.Cuda, _) => new(DeviceType.CPU, "CUDA was asked for, but there is no CUDA device or no driver for it. Computing on the processor."),
        _ => new(DeviceType.CPU),
    };
}
