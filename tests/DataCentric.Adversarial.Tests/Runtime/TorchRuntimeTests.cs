using System.Text;
using DataCentric.Adversarial.Runtime;

namespace DataCentric.Adversarial.Tests.Runtime;

public class TorchRuntimeTests
{
    [Fact]
    public void Device_names_library_processor_vectors_and_threads()
    {
        TorchRuntime.Device.ShouldMatch(@"^libtorch 2\.10\S* cpu, .+, (AVX512|AVX2|DEFAULT), 1 thread");
    }

    [Fact]
    public void Preparing_a_thread_leaves_it_one_torch_thread()
    {
        TorchRuntime.Prepare();

        TorchSharp.torch.get_num_threads().ShouldBe(1);
    }

    [Theory]
    [InlineData("AuthenticAMD", 0x80000020u, 0x121u, false)] // level 1, data cache: what AMD processors answer
    [InlineData("AuthenticAMD", 0x80000020u, 0u, true)]
    [InlineData("AuthenticAMD", 0x80000008u, 0u, true)]
    [InlineData("GenuineIntel", 0x80000008u, 0u, false)]
    public void Hidden_caches_are_an_amd_processor_with_an_empty_cache_leaf(string vendor, uint highest, uint cache, bool hidden)
    {
        var processor = new CpuCaches((leaf, _) => leaf switch
        {
            0 => (0x20, Word(vendor, 0), Word(vendor, 8), Word(vendor, 4)),
            0x80000000 => (highest, 0, 0, 0),
            0x8000001D => (cache, 0, 0, 0),
            _ => (0x20202020, 0x20202020, 0x20202020, 0x20202020),
        });

        processor.Hidden.ShouldBe(hidden);
    }

    private static uint Word(string text, int at) => BitConverter.ToUInt32(Encoding.ASCII.GetBytes(text), at);
}
