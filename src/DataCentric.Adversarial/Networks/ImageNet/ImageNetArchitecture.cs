using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks.ImageNet;

/// <summary>
/// Networks of torchvision (0.14), with the names of its state dicts, so that weights that people have trained on ImageNet fit. What
/// torchvision drops at random in training (the classifiers of VGG and MobileNetV2) is not dropped here.
/// </summary>
internal static class ImageNetArchitecture
{
    private const int Side = 224;

    /// <summary>A network in the registry as <c>NAME_imagenet</c>.</summary>
    /// <param name="name">Its name in torchvision.</param>
    /// <param name="build">Makes its layers, see <see cref="Architecture"/>.</param>
    public static Architecture Of(string name, Func<NetworkBuilder, int, Func<Tensor, Tensor>> build) => new($"{name}_imagenet", build)
    {
        Published = new(new(Side, Side), [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]), // torchvision.transforms.ImageClassification
    };
}
