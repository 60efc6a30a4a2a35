namespace DataCentric.Attacks;

/// <summary>
/// Names of all networks that can be trained, for apps without torch: what a request names is checked when it comes, and not when a worker
/// that knows networks has been started. A test holds it to the registry of the networks.
/// </summary>
public static class TrainableNetworks
{
    /// <summary>Registry names, sorted.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "densenet121", "densenet121_imagenet", "densenet121_k12", "densenet_compact", "mobilenet_compact", "mobilenet_v2", "mobilenet_v2_imagenet",
        "preactresnet18", "preactresnet_compact", "resnet101_imagenet", "resnet18", "resnet18_imagenet", "resnet20", "resnet32", "resnet34_imagenet",
        "resnet50", "resnet50_compact", "resnet50_imagenet", "resnet8", "resnet9_16", "resnet9_32", "vgg16_bn", "vgg16_bn_imagenet", "vgg16_imagenet",
        "vgg_compact", "wide_resnet50_2_imagenet", "wrn_28_10", "wrn_28_4", "wrn_34_10", "wrn_compact",
    ];
}
