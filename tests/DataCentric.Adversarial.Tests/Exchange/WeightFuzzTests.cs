using System.Text;
using DataCentric.Adversarial.Exchange;
using DataCentric.Tests.Fuzzing;
using static DataCentric.Adversarial.Tests.Support.TorchFile;

namespace DataCentric.Adversarial.Tests.Exchange;

/// <summary>No damaged file of weights brings a reader down.</summary>
public class WeightFuzzTests
{
    private static readonly byte[] Values = Floats(1, 2, 3, 4, 5, 6);

    private static readonly FuzzTarget[] Targets =
    [
        Target("torch checkpoint", Make(StateDict(("a.weight", Tensor("Float", 0, 6, [2, 3], [3, 1])), ("a.bias", Tensor("Half", 1, 3, [3], [1]))), Values, new byte[6])),
        Target("npz of weights", Zip(("a.weight.npy", NpyFile.Make("<f4", "(2, 3)", Values)), ("a.bias.npy", NpyFile.Make("<f8", "(3,)", new byte[24])))),
        Target("safetensors", SafeTensors("""{"a.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"__metadata__":{"k":"v"}}""", Values)),
    ];

    public static TheoryData<string> Names => [.. Targets.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Damaged_weights_are_read_or_refused_by_name(string name) =>
        TestContext.Current.TestOutputHelper!.WriteLine(FuzzRun.Check(Targets.Single(target => target.Name == name)));

    private static FuzzTarget Target(string name, byte[] file) => new(name, "weights", Read, ("weights", file));

    private static void Read(string path)
    {
        using var stream = File.OpenRead(path);
        WeightFile.Read(stream, path).Count.ShouldBeGreaterThanOrEqualTo(0);
    }

    private static byte[] SafeTensors(string header, byte[] data) =>
        [.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header), .. data];
}
