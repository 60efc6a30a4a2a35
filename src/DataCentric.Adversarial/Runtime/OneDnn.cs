using System.Runtime.InteropServices;

namespace DataCentric.Adversarial.Runtime;

/// <summary>The switch of the convolution library inside libtorch, which TorchSharp does not offer.</summary>
internal static partial class OneDnn
{
    /// <summary>Makes libtorch compute convolutions without oneDNN (about 2.3 times slower, the same on every processor).</summary>
    /// <exception cref="PlatformNotSupportedException">Not the Linux build of libtorch, whose symbol this is.</exception>
    public static void TurnOff()
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("oneDNN can only be turned off in libtorch for Linux.");
        SetUserEnabled(GlobalContext(), 0);
    }

    // at::globalContext() and at::Context::setUserEnabledMkldnn(bool), exported by libtorch_cpu.so 2.10.
    [LibraryImport("torch_cpu", EntryPoint = "_ZN2at13globalContextEv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial nint GlobalContext();

    [LibraryImport("torch_cpu", EntryPoint = "_ZN2at7Context20setUserEnabledMkldnnEb")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial void SetUserEnabled(nint context, byte enabled);
}
