using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace DataCentric.Adversarial.Runtime;

/// <summary>What kind of processor computes; results are equal on processors of the same kind.</summary>
internal static class Processor
{
    private const uint FirstOfName = 0x80000002; // CPUID leaves 0x80000002 to 0x80000004 hold the name, 16 characters each
    private const uint LastOfName = 0x80000004;

    /// <summary>Name and CPUID signature, such as <c>AMD EPYC 9R45 (00b10f10)</c>; the architecture where it is not x86.</summary>
    public static string Name { get; } = X86Base.IsSupported
        ? $"{Brand()} ({X86Base.CpuId(1, 0).Eax:x8})"
        : RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>Whether there are vectors of eight float32 and fused multiply-adds of them.</summary>
    public static bool HasFusedAvx2 => Avx2.IsSupported && Fma.IsSupported;

    /// <summary>The class by which libtorch 2.10 chooses its own kernels (aten/src/ATen/native/DispatchStub.cpp).</summary>
    public static string VectorCapability =>
        Avx512BW.VL.IsSupported && Avx512DQ.IsSupported && Fma.IsSupported ? "AVX512"
        : HasFusedAvx2 ? "AVX2"
        : "DEFAULT";

    /// <summary>
    /// The instructions that multiply bfloat16 faster than float32, <c>amx-bf16</c> or <c>avx512-bf16</c>; null where there are none.
    /// Intel's avx512-bf16 counts for none: it has half the throughput of float32 (measured on Xeon, family 6 model 207), AMD's twice.
    /// </summary>
    public static string? FastBfloat16 { get; } =
        !X86Base.IsSupported || VectorCapability != "AVX512" ? null
        : HasAmx() ? "amx-bf16"
        : Vendor() == "AuthenticAMD" && HasBit(X86Base.CpuId(7, 1).Eax, 5) ? "avx512-bf16"
        : null;

    // AMX-BF16 and AMX-TILE are bits 22 and 24 of leaf 7; leaf 13 gives the bytes of all state that the system has switched on, and the
    // tiles end at byte 11008 (Intel SDM volume 1, section 13.5).
    private static bool HasAmx()
    {
        const int endOfTiles = 11_008;
        var features = X86Base.CpuId(7, 0).Edx;
        return HasBit(features, 22) && HasBit(features, 24) && X86Base.CpuId(13, 0).Ebx >= endOfTiles;
    }

    private static bool HasBit(int register, int bit) => ((register >> bit) & 1) == 1;

    private static string Vendor()
    {
        var (_, b, c, d) = X86Base.CpuId(0, 0);
        return string.Concat(new[] { b, d, c }.Select(register => Encoding.ASCII.GetString(BitConverter.GetBytes(register))));
    }

    private static string Brand()
    {
        var name = new StringBuilder();
        for (var leaf = FirstOfName; leaf <= LastOfName; leaf++)
        {
            var (a, b, c, d) = X86Base.CpuId((int)leaf, 0);
            foreach (var register in new[] { a, b, c, d })
                name.Append(Encoding.ASCII.GetString(BitConverter.GetBytes(register)));
        }

        return name.ToString().Trim('\0', ' ');
    }
}
