using System.IO.Compression;
using DataCentric.Adversarial.Exchange;
using static DataCentric.Adversarial.Tests.Support.TorchFile;

namespace DataCentric.Adversarial.Tests.Exchange;

/// <summary>One flipped bit once gave other weights without a word: checksums were not compared. Here every bit of every array is flipped.</summary>
public class BitFlipTests
{
    private static readonly byte[] Values = Floats([.. Enumerable.Range(0, 64).Select(n => MathF.Sin(n))]);

    private static readonly byte[] Pickle =
        [0x80, 2, .. StateDict(("conv.weight", Tensor("Float", 0, 64, [64], [1])), ("conv.bias", Tensor("Float", 1, 64, [64], [1]))), (byte)'.'];

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void A_flipped_bit_in_an_npz_of_weights_is_refused_by_file_and_array(CompressionLevel level) => EveryFlipIsRefused(
        MadeZip.Of(level, ("conv.weight.npy", NpyFile.Make("<f4", "(64,)", Values)), ("conv.bias.npy", NpyFile.Make("<f4", "(64,)", Values))),
        entry => entry);

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void A_flipped_bit_in_a_PyTorch_checkpoint_is_refused_by_file_and_tensor(CompressionLevel level) => EveryFlipIsRefused(
        MadeZip.Of(level, ("archive/data.pkl", Pickle), ("archive/data/0", Values), ("archive/data/1", Values)),
        entry => entry switch { "archive/data/0" => "conv.weight", "archive/data/1" => "conv.bias", _ => entry });

    private static void EveryFlipIsRefused(byte[] file, Func<string, string> nameIn)
    {
        float[][] Read(byte[] bytes) => [.. WeightFile.Read(new MemoryStream(bytes), "file").Values.Select(tensor => tensor.Values)];
        var (whole, accepted) = (Read(file), 0);
        foreach (var (entry, damaged) in MadeZip.WithFlippedBits(file))
        {
            try
            {
                // The last byte of deflated data has bits that mean nothing.
                accepted += Read(damaged).Zip(whole).All(pair => pair.First.SequenceEqual(pair.Second)) ? 0 : 1;
            }
            catch (InputException refused)
            {
                refused.Message.ShouldStartWith("file: ");
                refused.Message.ShouldContain($"\"{nameIn(entry)}\"");
            }
        }

        accepted.ShouldBe(0);
    }
}
