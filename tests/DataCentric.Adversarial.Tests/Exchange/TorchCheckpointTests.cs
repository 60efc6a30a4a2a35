using DataCentric.Adversarial.Exchange;
using DataCentric.Adversarial.Networks;
using static DataCentric.Adversarial.Tests.Support.TorchFile;

namespace DataCentric.Adversarial.Tests.Exchange;

public class TorchCheckpointTests
{
    private static readonly byte[] Six = Floats(1, 2, 3, 4, 5, 6);

    [Fact]
    public void A_state_dict_gives_its_tensors_by_name()
    {
        var read = Read(Make(
            StateDict(("conv.weight", Tensor("Float", 0, 6, [2, 3], [3, 1])), ("conv.bias", Tensor("Float", 1, 2, [2], [1]))), Six, Floats(-1, 0.5f)));

        read.Keys.ShouldBe(["conv.weight", "conv.bias"]);
        read["conv.weight"].Shape.ShouldBe([2, 3]);
        read["conv.weight"].Values.ShouldBe([1, 2, 3, 4, 5, 6]);
        read["conv.bias"].Values.ShouldBe([-1, 0.5f]);
    }

    [Fact]
    public void A_file_that_PyTorch_itself_wrote_gives_the_values_that_went_in()
    {
        // Fixtures/make.py, run with PyTorch 1.13.
        var read = Read(File.ReadAllBytes(Path.Combine(RealData.Root, "tests", "DataCentric.Adversarial.Tests", "Exchange", "Fixtures", "torch-1.13.pt")));

        read.Keys.ShouldBe(["linear.weight", "linear.bias", "half", "bfloat", "double", "transposed", "tail", "last", "scalar"]);
        read["linear.weight"].Shape.ShouldBe([2, 3]);
        read["linear.weight"].Values.ShouldBe([0, 0.5f, 1, 1.5f, 2, 2.5f]);
        read["linear.bias"].Values.ShouldBe([-1, 1]);
        read["half"].Values.ShouldBe([0.5f, -2]);
        read["bfloat"].Values.ShouldBe([0.5f, -3]);
        read["double"].Values.ShouldBe([0.25f, 1e10f]);
        read["transposed"].Shape.ShouldBe([3, 2]);
        read["transposed"].Values.ShouldBe([0, 3, 1, 4, 2, 5]);
        read["tail"].Values.ShouldBe([3, 4, 5]);
        read["last"].Shape.ShouldBe([1, 2, 2, 2]);
        read["last"].Values.ShouldBe([0, 1, 2, 3, 4, 5, 6, 7]);
        read["scalar"].Shape.ShouldBe([]);
        read["scalar"].Values.ShouldBe([7]);
    }

    [Theory]
    [InlineData("Half", new byte[] { 0x00, 0x3C, 0x00, 0xC0 })]
    [InlineData("BFloat16", new byte[] { 0x80, 0x3F, 0x00, 0xC0 })]
    [InlineData("Float", new byte[] { 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0 })]
    [InlineData("Double", new byte[] { 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0 })]
    [InlineData("Long", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    public void Values_of_each_type_become_singles(string type, byte[] values)
    {
        Read(Make(Dict(("w", Tensor(type, 0, 2, [2], [1]))), values))["w"].Values.ShouldBe([1, -2]);
    }

    [Fact]
    public void Views_with_strides_and_offsets_share_a_storage()
    {
        var read = Read(Make(
            Dict(
                ("transposed", Tensor("Float", 0, 6, [3, 2], [1, 3])),
                ("second row", Tensor("Float", 0, 6, [3], [1], offset: 3)),
                ("expanded", Tensor("Float", 0, 6, [2, 2], [0, 1], offset: 4)),
                ("empty", Tensor("Float", 0, 6, [0, 2], [2, 1])),
                ("scalar", Tensor("Float", 0, 6, [], [], offset: 5))),
            Six));

        read["transposed"].Values.ShouldBe([1, 4, 2, 5, 3, 6]);
        read["second row"].Values.ShouldBe([4, 5, 6]);
        read["expanded"].Values.ShouldBe([5, 6, 5, 6]);
        read["empty"].Values.ShouldBeEmpty();
        read["scalar"].Values.ShouldBe([6]);
    }

    [Theory]
    [InlineData("state_dict")]
    [InlineData("model_state_dict")]
    [InlineData("net")]
    [InlineData("model")]
    public void Wrappers_parallel_prefixes_counters_and_parameters_are_taken_off(string wrapper)
    {
        var weight = Tensor("Float", 0, 6, [2, 3], [3, 1]);
        var parameter = Call(Global("torch._utils", "_rebuild_parameter"), weight, [0x88], Call(Global("collections", "OrderedDict")));
        var counter = Tensor("Long", 1, 1, [], []);
        byte[] optimizer = Dict(("param_groups", [(byte)']', (byte)'(', .. Real(0.1), .. Number(-5), .. Number(1L << 40), (byte)'N', (byte)'e']));

        var read = Read(Make(
            Dict(
                ("epoch", Number(199)),
                ("best", Tensor("Float", 0, 6, [], [])),
                (wrapper, StateDict(("module.w", parameter), ("module.bn.num_batches_tracked", counter))),
                ("optimizer", optimizer)),
            Six,
            new byte[8]));

        read.Keys.ShouldBe(["w"]);
        read["w"].Values.ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    private static Dictionary<string, StoredTensor> Read(byte[] file) => WeightFile.Read(new MemoryStream(file), "file.pt");
}
