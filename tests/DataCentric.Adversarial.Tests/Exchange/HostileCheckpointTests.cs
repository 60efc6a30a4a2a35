using DataCentric.Adversarial.Exchange;
using static DataCentric.Adversarial.Tests.Support.TorchFile;

namespace DataCentric.Adversarial.Tests.Exchange;

/// <summary>Checkpoints that want to run code, to fill the memory, or that are just broken: each ends with a message, and nothing happens.</summary>
public class HostileCheckpointTests
{
    private static readonly byte[] Six = Floats(1, 2, 3, 4, 5, 6);

    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("builtins", "getattr")]
    [InlineData("subprocess", "Popen")]
    [InlineData("torch", "load")]
    [InlineData("torch.hub", "load")]
    [InlineData("torch._utils", "_rebuild_device_tensor_from_numpy")]
    [InlineData("__main__", "ResNet")]
    [InlineData("collections", "OrderedDict.clear")]
    public void A_name_that_no_state_dict_needs_is_refused_by_name(string module, string name)
    {
        var proof = Path.Combine(Path.GetTempPath(), $"datacentric-{Guid.NewGuid():N}");

        var message = Refusal(Make(Dict(("w", Call(Global(module, name), Text($"touch {proof}"))))));

        message.ShouldContain($"\"{module}.{name}\"");
        message.ShouldContain("nothing of it was run");
        File.Exists(proof).ShouldBeFalse();
    }

    [Theory]
    [InlineData((byte)'i', "0x69")] // INST, calls like REDUCE
    [InlineData((byte)'o', "0x6f")] // OBJ
    [InlineData((byte)0x81, "0x81")] // NEWOBJ
    [InlineData((byte)0x93, "0x93")] // STACK_GLOBAL
    [InlineData((byte)0x82, "0x82")] // EXT1
    [InlineData((byte)'P', "0x50")] // PERSID
    public void Other_instructions_are_refused_by_number(byte instruction, string number)
    {
        Refusal(Make([.. Text("os"), .. Text("system"), instruction, .. "os\nsystem\n"u8])).ShouldContain(number);
    }

    [Fact]
    public void Calling_what_is_not_a_function_or_with_other_arguments_is_refused()
    {
        Refusal(Make(Call(Text("os.system"), Text("ls")))).ShouldContain("not a function");
        Refusal(Make(Call(Global("collections", "OrderedDict"), Text("x")))).ShouldContain("arguments that torch does not write");
        Refusal(Make(Call(Global("torch", "FloatStorage"), Number(1)))).ShouldContain("torch.FloatStorage");
        Refusal(Make([.. Text("x"), (byte)'Q'])).ShouldContain("not a storage");
        Refusal(Make([.. Tuple(), .. Dict(), (byte)'b'])).ShouldContain("attributes");
    }

    [Theory]
    [InlineData(new long[] { 7 }, new long[] { 1 }, 0, "beyond")]
    [InlineData(new long[] { 6 }, new long[] { 1 }, 1, "beyond")]
    [InlineData(new long[] { 2, 3 }, new long[] { 4, 1 }, 0, "beyond")]
    [InlineData(new long[] { 1L << 40, 1L << 40 }, new long[] { 1L << 40, 1 }, 0, "beyond")]
    [InlineData(new long[] { 1L << 31, 1L << 31 }, new long[] { 0, 0 }, 0, "may take")] // 2^62 values in one place
    [InlineData(new long[] { 1L << 30 }, new long[] { 0 }, 0, "may take")]
    [InlineData(new long[] { -1 }, new long[] { 1 }, 0, "broken shape")]
    [InlineData(new long[] { 2 }, new long[] { -1 }, 1, "broken shape")]
    [InlineData(new long[] { 2 }, new long[] { 1 }, -1, "broken shape")]
    [InlineData(new long[] { 2, 3 }, new long[] { 1 }, 0, "broken shape")]
    public void A_tensor_that_does_not_fit_its_storage_is_refused_before_memory_is_taken(long[] shape, long[] strides, long offset, string reason)
    {
        Refusal(Make(Dict(("w", Tensor("Float", 0, 6, shape, strides, offset))), Six)).ShouldContain(reason);
    }

    [Theory]
    [InlineData("Float", 5, "24 bytes; 5 values of torch.FloatStorage")]
    [InlineData("Float", 7, "24 bytes; 7 values")]
    [InlineData("Double", 6, "24 bytes; 6 values of torch.DoubleStorage")]
    [InlineData("Int", 6, "tensor \"w\" has values of torch.IntStorage")]
    public void A_storage_of_another_length_or_type_is_refused(string type, long count, string reason)
    {
        Refusal(Make(Dict(("w", Tensor(type, 0, count, [2], [1]))), Six)).ShouldContain(reason);
    }

    [Fact]
    public void A_storage_that_is_not_there_is_named()
    {
        Refusal(Make(Dict(("w", Tensor("Float", 3, 6, [2], [1]))), Six)).ShouldContain("\"archive/data/3\" is missing");
    }

    [Fact]
    public void A_pickle_cut_anywhere_is_refused()
    {
        byte[] whole = [0x80, 2, .. StateDict(("w", Tensor("Float", 0, 6, [2, 3], [3, 1]))), (byte)'.'];
        for (var length = 0; length < whole.Length; length++)
            Refusal(Zip(("archive/data.pkl", whole[..length]), ("archive/data/0", Six))).ShouldContain("cut short", Case.Sensitive, $"{length} bytes");
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        var whole = Make(StateDict(("w", Tensor("Float", 0, 6, [2, 3], [3, 1]))), Six);
        for (var length = 0; length < whole.Length; length++)
            Refusal(whole[..length]);
    }

    [Fact]
    public void A_flipped_byte_never_ends_in_another_exception()
    {
        var whole = Make(StateDict(("w", Tensor("Float", 0, 6, [2, 3], [3, 1]))), Six);
        for (var at = 0; at < whole.Length; at++)
        {
            foreach (var flip in new[] { 0x01, 0x10, 0x80, 0xFF })
            {
                var changed = (byte[])whole.Clone();
                changed[at] ^= (byte)flip;
                var thrown = Record.Exception(() => WeightFile.Read(new MemoryStream(changed), "file.pt"));
                (thrown is null or InputException).ShouldBeTrue($"byte {at}, bits {flip:x2}: {thrown}");
            }
        }
    }

    [Fact]
    public void Wrappers_that_hold_each_other_and_what_holds_no_tensors_are_refused()
    {
        // memo 5 is a dictionary that holds itself under 'net'
        Refusal(Make([(byte)'}', (byte)'q', 5, (byte)'(', .. Text("net"), (byte)'h', 5, (byte)'u'])).ShouldContain("not a tensor");
        Refusal(Make(Text("hello"))).ShouldContain("does not hold a dictionary");
        Refusal(Make(Dict(("epoch", Number(3))))).ShouldContain("\"epoch\" is not a tensor");
    }

    [Fact]
    public void Checkpoints_before_PyTorch_1_6_and_other_files_are_named()
    {
        Refusal([0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]).ShouldContain("before 1.6");
        Refusal([.. "\x89HDF\r\n and so on"u8]).ShouldContain("neither npz");
        Refusal([]).ShouldContain("neither npz");
        Refusal(Zip(("readme.txt", [1]))).ShouldContain("a zip file, but neither npz");
        Refusal(Zip(("a/data.pkl", [1]), ("b/data.pkl", [1]))).ShouldContain("several pickles");
        Refusal(Zip(("a/data.pkl", [1]), ("a/byteorder", [.. "big"u8]))).ShouldContain("big-endian");
    }

    [Fact]
    public void Values_that_are_not_numbers_are_refused_by_name()
    {
        Refusal(Make(Dict(("w", Tensor("Float", 0, 2, [2], [1]))), Floats(1, float.NaN))).ShouldContain("\"w\" holds values that are not finite");
    }

    private static string Refusal(byte[] file)
    {
        var message = Should.Throw<InputException>(() => WeightFile.Read(new MemoryStream(file), "file.pt")).Message;
        message.ShouldStartWith("file.pt");
        return message;
    }
}
