using DataCentric.Adversarial;
using DataCentric.Attacks;
using DataCentric.Images;
using static TorchSharp.torch;

namespace Samples;

/// <summary>Images attacked with a network of TorchSharp: (N, 3, H, W) of 0 to 1 to logits (N, K).</summary>
public static class AttackWithATorchSharpModule
{
    public static AttackResult Run(nn.Module<Tensor, Tensor> network, ImageSet images, int classes)
    {
        network.eval();
        using var ensemble = ModuleEnsemble.Of([network], images.Shape, classes);
        var batch = new AttackBatch(images, [.. Enumerable.Range(0, images.Count).Select(i => (ulong)i)], RunSeed: 7);
        return ensemble.Attack(batch, AttackProfiles.Recommended.Attack, progress: null, CancellationToken.None);
    }
}
