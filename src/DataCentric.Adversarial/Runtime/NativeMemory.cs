using System.Runtime.InteropServices;

namespace DataCentric.Adversarial.Runtime;

/// <summary>
/// Keeps freed tensor memory inside the process. By default glibc gives each large block back to the system when it is freed and
/// maps it anew for the next tensor, and the page faults of that cost more than half of an attack iteration.
/// </summary>
internal static partial class NativeMemory
{
    // malloc.h of glibc.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapThreshold = -3;

    private const int MappedFrom = 1 << 30; // bytes from which a block is mapped on its own
    private const int KeptAtTop = 64 << 20; // bytes asked for in advance, and kept, at the end of each arena

    /// <summary>Sets glibc's thresholds for the whole process.</summary>
    /// <returns>Whether they were set; false on other systems and other C libraries.</returns>
    public static bool Keep()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            return (Mallopt(MmapThreshold, MappedFrom) & Mallopt(TrimThreshold, int.MaxValue) & Mallopt(TopPad, KeptAtTop)) == 1;
        }
        catch (Exception missing) when (missing is EntryPointNotFoundException or DllNotFoundException) // musl has no mallopt
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Mallopt(int parameter, int value);
}
