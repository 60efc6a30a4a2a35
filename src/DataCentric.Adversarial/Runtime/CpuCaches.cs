using System.Runtime.Intrinsics.X86;
using System.Text;

namespace DataCentric.Adversarial.Runtime;

/// <summary>
/// What CPUID tells about an x86 processor: its name, and whether it hides its cache sizes. oneDNN 3.7 inside libtorch 2.10 reads the
/// sizes of AMD caches from leaf 0x8000001D; some virtual machines leave that leaf zero, oneDNN then believes in caches of one byte,
/// and some input gradients of strided 1x1 convolutions end the process with SIGFPE.
/// </summary>
/// <param name="read">CPUID: (leaf, subleaf) to (eax, ebx, ecx, edx).</param>
internal sealed class CpuCaches(Func<uint, uint, (uint A, uint B, uint C, uint D)> read)
{
    private const uint CacheLeaf = 0x8000001D;
    private const uint HighestExtended = 0x80000000;
    private const uint FirstOfName = 0x80000002;
    private const uint LastOfName = 0x80000004;
    private const uint CacheTypeMask = 0x1F; // AMD APM 3, E.4.15: eax bits 4..0 are the cache type, 0 for no cache

    /// <summary>The processor of this process, or null where it is no x86.</summary>
    public static CpuCaches? Here { get; } = X86Base.IsSupported
        ? new((leaf, subleaf) =>
        {
            var (a, b, c, d) = X86Base.CpuId((int)leaf, (int)subleaf);
            return ((uint)a, (uint)b, (uint)c, (uint)d);
        })
        : null;

    /// <summary>Whether this is an AMD processor that hides its cache sizes.</summary>
    public bool Hidden => Vendor == "AuthenticAMD" && (read(HighestExtended, 0).A < CacheLeaf || (read(CacheLeaf, 0).A & CacheTypeMask) == 0);

    /// <summary>Name of the processor, such as <c>AMD EPYC 9R45</c>.</summary>
    public string Name
    {
        get
        {
            var name = new StringBuilder();
            for (var leaf = FirstOfName; leaf <= LastOfName && read(HighestExtended, 0).A >= LastOfName; leaf++)
                name.Append(Text(read(leaf, 0)));
            return name.Length == 0 ? Vendor : name.ToString().Trim('\0', ' ');
        }
    }

    private string Vendor
    {
        get
        {
            var (_, b, c, d) = read(0, 0);
            return Text((b, d, c, 0)).TrimEnd('\0');
        }
    }

    private static string Text((uint A, uint B, uint C, uint D) registers)
    {
        uint[] four = [registers.A, registers.B, registers.C, registers.D];
        return Encoding.ASCII.GetString([.. four.SelectMany(BitConverter.GetBytes)]);
    }
}
