using DataCentric.Adversarial.Exchange;
using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Networks;
using DataCentric.Images;

namespace DataCentric.Adversarial.Tests;

/// <summary>The sample of the package.</summary>
public sealed class SampleTests
{
    [Fact]
    public void Images_are_attacked_with_an_imported_network_within_the_budget()
    {
        var shape = new ImageShape(32, 32);
        using var network = new Network(Architectures.Get("resnet20"), 3, new RandomWeights(3));
        using var weights = new MemoryStream();
        Npz.Write(weights, ModelFile.Tensors(network));
        weights.Position = 0;
        byte[] pixels = [.. Enumerable.Range(0, 4 * shape.ByteLength).Select(i => (byte)(50 + (i * 7 % 150)))];
        var images = new ImageSet(shape, pixels, [0, 1, 2, 0], ["a", "b", "c", "d"]);

        var result = Samples.AttackWithAPyTorchNetwork.Run(weights, images, 3, [0.5f, 0.5f, 0.5f], [0.2f, 0.2f, 0.2f]);

        result.Outcomes.Count.ShouldBe(4);
        for (var i = 0; i < 4; i++)
        {
            var change = images.Image(i).ToArray().Zip(result.Pixels.Skip(i * shape.ByteLength), (clean, attacked) => Math.Abs(clean - attacked)).ToArray();
            change.Max().ShouldBeGreaterThan(0);
            Math.Sqrt(change.Sum(step => Math.Pow(Math.Max(0, step - 8), 2))).ShouldBeLessThanOrEqualTo(255.001);
        }
    }

    [Fact]
    public void The_readme_has_the_code_of_a_sample() => ReadmeCode.ShouldBeThatOf("DataCentric.Adversarial", "AttackWithAPyTorchNetwork");
}
