using DataCentric.Adversarial.Exchange;
using DataCentric.Adversarial.Tests.Support;

namespace DataCentric.Adversarial.Tests.Networks;

public class PublishedWeightsTests
{
    // akamaster/pytorch_resnet_cifar10: ImageNet's normalisation.
    [Theory]
    [InlineData("resnet20", 9173)]
    [InlineData("resnet32", 9263)]
    public void Published_weights_classify_as_many_of_the_10000_test_images_right_as_published(string architecture, int expected)
    {
        var test = CifarFile.Read(RealData.Cifar10("test_batch.bin"));
        using var weights = File.OpenRead(RealData.Weights($"{architecture}_akamaster.npz"));
        using var model = new MemoryStream();
        var request = new ImportRequest(architecture, test.Shape, [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);
        ModelExchange.Import(request, weights, architecture, model).ClassCount.ShouldBe(10);
        using var ensemble = new TorchAdversary().Load([new MemoryStream(model.ToArray())], test.Shape, 10);

        var right = ensemble.Logits(test.Pixels).Chunk(10).Where((logits, n) => Array.IndexOf(logits, logits.Max()) == test.Labels[n]).Count();

        right.ShouldBe(expected);
    }
}
