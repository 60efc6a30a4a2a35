using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace DataCentric.Adversarial.Runtime;

/// <summary>What kind of processor computes; results are equal on processors of the same kind.</summary>
internal static class Processor
{
    private const uint FirstOfName = 0x80000002; // CPUID leaves 0x80000002 to 0x80000004 hold the name, 16 characters each
    private const uint LastOfName = 0x80000004;

    /// <summary>Name and CPUID signature, such as <c>AMD EPYC 9R45 (00b10f10)</c>; the architecture where it is no x86.</summary>
    public static string Name { get; } = X86Base.IsSupported
        ? $"{Brand()} ({X86Base.CpuId(1, 0).Eax:x8})"
        : RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>The class by which libtorch 2.10 chooses its own kernels (aten/src/ATen/native/DispatchStub.cpp).</summary>
    public static string VectorCapability =>
        Avx512BW.VL.IsSupported && Avx512DQ.IsSupported && Fma.IsSupported ? "AVX512"
        : Avx2.IsSupported && Fma.IsSupported ? "AVX2"
        : "DEFAULT";

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
