using DataCentric.Build;
using TorchSharp;

namespace DataCentric.Adversarial.Tests.Build;

public class LibTorchSharpMendTests
{
    private static readonly byte[] Original = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "original", "libLibTorchSharp.so"));

    [Fact]
    public void Torch_loads_and_computes_in_a_project_that_only_references_the_library()
    {
        using var ones = torch.ones(2, 3);
        using var sum = ones.sum();

        sum.item<float>().ShouldBe(6);
    }

    [Fact]
    public void The_mend_changes_one_flag_one_symbol_name_and_one_symbol_version()
    {
        var before = (byte[])Original.Clone();

        var mended = ElfLibrary.Mend(Original);

        Original.ShouldBe(before);
        mended.Length.ShouldBe(Original.Length);
        var changed = Enumerable.Range(0, mended.Length).Where(i => mended[i] != Original[i]).ToArray();
        changed.Length.ShouldBeInRange(3, 7); // flag 1, name up to 4, version up to 2
        changed.Count(i => (mended[i] ^ Original[i]) == 2).ShouldBeGreaterThanOrEqualTo(1); // VER_FLG_WEAK
    }

    [Fact]
    public void A_mended_library_needs_no_second_mend()
    {
        var mended = ElfLibrary.Mend(Original);

        ElfLibrary.Mend(mended).ShouldBeSameAs(mended);
    }

    [Fact]
    public void What_is_no_elf_library_is_refused()
    {
        Should.Throw<InvalidDataException>(() => ElfLibrary.Mend(new byte[100])).Message.ShouldContain("ELF");
    }
}
