using DataCentric.Adversarial.Runtime;

namespace DataCentric.Adversarial.Tests.Runtime;

public class TorchRuntimeTests
{
    [Fact]
    public void Device_names_library_processor_vectors_and_threads()
    {
        TorchRuntime.Device.ShouldMatch(@"^libtorch 2\.10\S* cpu, .+ \([0-9a-f]{8}\), (AVX512|AVX2|DEFAULT), (amx-bf16|avx512-bf16|no bf16), 1 thread");
    }

    [Fact]
    public void Preparing_a_thread_leaves_it_one_torch_thread()
    {
        TorchRuntime.Prepare();

        TorchSharp.torch.get_num_threads().ShouldBe(1);
    }
}
