using DataCentric.Adversarial.Exchange;
using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Networks;
using DataCentric.Adversarial.Tests.Support;
using DataCentric.Attacks;
using DataCentric.Images;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Tests.Networks;

/// <summary>Networks that were made for small images halve large ones before their first layer.</summary>
public class StemHalvingsTests
{
    public static TheoryData<string> Small => [.. Architectures.All.Where(architecture => architecture.Published is null).Select(architecture => architecture.Name)];

    [Theory]
    [InlineData(8, 8, 0)]
    [InlineData(32, 32, 0)]
    [InlineData(63, 1024, 0)]
    [InlineData(64, 64, 1)]
    [InlineData(200, 127, 1)]
    [InlineData(128, 128, 2)]
    [InlineData(224, 224, 2)]
    [InlineData(256, 300, 3)]
    [InlineData(1024, 1024, 5)]
    public void Each_doubling_of_the_shorter_side_beyond_32_is_halved(int height, int width, int halvings) =>
        StemHalvings.Of(new(height, width)).ShouldBe(halvings);

    [Theory]
    [MemberData(nameof(Small))]
    public void Every_small_network_takes_large_images_of_any_size(string name)
    {
        using var scope = NewDisposeScope();
        using var network = new Network(Architectures.Get(name), 7, new RandomWeights(1), stemHalvings: 2);

        using (no_grad())
        {
            foreach (var (height, width) in new[] { (128, 128), (131, 161) })
                network.Forward(rand(1, 3, height, width)).shape.ShouldBe([1, 7]);
        }

        network.State[0].Value.shape[1].ShouldBe(16 * NetworkOutline.Of(network.Architecture).Shapes.First().Value[1]);
    }

    [Fact]
    public void A_model_of_large_images_says_so_goes_out_and_comes_in_again()
    {
        var model = Train(64);
        using var npz = new MemoryStream();
        using var again = new MemoryStream();

        var exported = ModelExchange.Export(new MemoryStream(model), "model", npz);
        npz.Position = 0;
        var imported = ModelExchange.Import(new(null, exported.Shape, exported.Mean, exported.Deviation), npz, "weights", again);

        imported.ShouldBeEquivalentTo(exported);
        ModelFile.ReadTensors(new MemoryStream(again.ToArray()), "again").Description.StemHalvings.ShouldBe(1);
        var images = Patterns.Make(2, side: 64);
        Logits(again.ToArray(), images).ShouldBe(Logits(model, images));
    }

    [Fact]
    public void Nothing_is_said_where_nothing_is_halved()
    {
        foreach (var (side, says) in new[] { (32, false), (63, false), (64, true) })
            SafeTensors.Read(new MemoryStream(Train(side)), "model").Metadata.ContainsKey("stem_halvings").ShouldBe(says);
    }

    [Theory]
    [InlineData("resnet8", "6")]
    [InlineData("resnet8", "-1")]
    [InlineData("resnet18_imagenet", "1")]
    public void Halvings_that_cannot_be_are_refused(string architecture, string halvings)
    {
        var file = SafeTensors.Read(new MemoryStream(Train(32)), "model");
        using var stream = new MemoryStream();
        (file with { Metadata = new Dictionary<string, string>(file.Metadata) { ["architecture"] = architecture, ["stem_halvings"] = halvings } }).Write(stream);

        Should.Throw<InputException>(() => ModelFile.ReadTensors(new MemoryStream(stream.ToArray()), "model")).Message.ShouldContain("metadata of the model is broken");
    }

    private static byte[] Train(int side)
    {
        using var file = new MemoryStream();
        new TorchAdversary().Train(
            new("resnet8", Patterns.Make(4, side), Patterns.Classes, 1, new() { Epochs = 1, BatchSize = 4 }), file, null, CancellationToken.None);
        return file.ToArray();
    }

    private static float[] Logits(byte[] model, ImageSet images)
    {
        using var ensemble = new TorchAdversary().Load([new MemoryStream(model)], images.Shape, Patterns.Classes);
        return ensemble.Logits(images.Pixels);
    }
}
