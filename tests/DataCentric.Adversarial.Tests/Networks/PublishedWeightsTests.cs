using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Networks;
using DataCentric.Adversarial.Runtime;
using DataCentric.Adversarial.Tests.Support;
using TorchSharp;

namespace DataCentric.Adversarial.Tests.Networks;

public class PublishedWeightsTests
{
    // akamaster/pytorch_resnet_cifar10: ImageNet's normalisation, 91.73 % on CIFAR-10's test set.
    private static readonly ChannelStatistics Statistics = new([0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    [Fact]
    public void ResNet20_with_published_weights_classifies_9173_of_the_10000_test_images_right()
    {
        var test = CifarFile.Read(RealData.Cifar10("test_batch.bin"));
        var weights = new StoredWeights("resnet20", NpzReader.Read(RealData.Weights("resnet20_akamaster.npz")));
        TorchRuntime.Prepare();
        using var surrogate = new Surrogate(new Network(Architectures.Get("resnet20"), 10, weights), Statistics);
        weights.AllTaken();

        CountRight(surrogate, test).ShouldBe(9173);
    }

    private static int CountRight(Surrogate surrogate, DataCentric.Images.ImageSet images)
    {
        const int batch = 250;
        var right = 0;
        for (var first = 0; first < images.Count; first += batch)
        {
            using var scope = torch.NewDisposeScope();
            using var frozen = torch.no_grad();
            var pixels = Pixels.ToTensor(images.Pixels.AsSpan(first * images.Shape.ByteLength, batch * images.Shape.ByteLength), images.Shape);
            var predicted = surrogate.Logits(pixels).argmax(1).data<long>().ToArray();
            right += predicted.Where((k, i) => k == images.Labels[first + i]).Count();
        }

        return right;
    }
}
