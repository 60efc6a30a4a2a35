using System.Runtime.InteropServices;
using DataCentric.Adversarial.Exchange;
using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Networks;
using DataCentric.Adversarial.Runtime;
using DataCentric.Images;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Tests.Networks.ImageNet;

/// <summary>The ImageNet networks are recognised in the files that torch.save writes, and compute what torchvision computes.</summary>
public sealed class TorchvisionTests(ITestOutputHelper output) : IDisposable
{
    private const int Images = 2;
    private const int Classes = 7;
    private static readonly int[] Sides = [64, 97, 224]; // the smallest, an odd one, that of the publications

    private readonly string _folder = Directory.CreateTempSubdirectory("datacentric-torchvision-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("resnet18")]
    [InlineData("resnet34")]
    [InlineData("resnet50")]
    [InlineData("resnet101")]
    [InlineData("wide_resnet50_2")]
    [InlineData("densenet121")]
    [InlineData("vgg16")]
    [InlineData("vgg16_bn")]
    [InlineData("mobilenet_v2")]
    public async Task Logits_of_a_checkpoint_are_those_of_torchvision(string name)
    {
        await ForeignReader.WriteTorchvisionAsync(name, _folder, Sides);
        using var model = new MemoryStream();
        await using (var weights = File.OpenRead(Path.Combine(_folder, "weights.pth")))
        {
            var content = ModelExchange.Import(new(null, null, null, null), weights, "weights.pth", model);
            (content.Architecture, content.ClassCount, content.Shape).ShouldBe(($"{name}_imagenet", Classes, new ImageShape(224, 224)));
            content.Mean.ShouldBe([0.485f, 0.456f, 0.406f]);
            content.Deviation.ShouldBe([0.229f, 0.224f, 0.225f]);
        }

        model.Position = 0;
        TorchRuntime.Prepare();
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = ModelFile.Read(model, "model").Network;
        foreach (var phase in new[] { Phase.Evaluation, Phase.Frozen })
        {
            network.Enter(phase);
            foreach (var side in Sides)
            {
                var images = tensor(Read("images", side), [Images, 3, side, side]);
                var expected = Read("logits", side);
                var logits = network.Forward(images).contiguous().data<float>().ToArray();
                var (difference, largest) = (logits.Zip(expected, (own, other) => Math.Abs(own - other)).Max(), expected.Max(Math.Abs));
                output.WriteLine($"{name} {phase} {side}: largest difference {difference:g3} of logits up to {largest:g3}");
                difference.ShouldBeLessThan(1e-4f * largest);
            }
        }
    }

    private float[] Read(string what, int side) =>
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(_folder, $"{what}-{side}"))).ToArray();
}
