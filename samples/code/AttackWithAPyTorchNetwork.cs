using DataCentric.Adversarial;
using DataCentric.Adversarial.Exchange;
using DataCentric.Attacks;
using DataCentric.Images;

namespace Samples;

/// <summary>Images attacked with a network that PyTorch trained and saved: <c>torch.save(network.state_dict(), "resnet20.pth")</c>.</summary>
public static class AttackWithAPyTorchNetwork
{
    public static AttackResult Run(Stream weights, ImageSet images, int classes, float[] mean, float[] deviation)
    {
        var model = new MemoryStream();
        ModelExchange.Import(new ImportRequest("resnet20", images.Shape, mean, deviation), weights, "resnet20.pth", model);
        model.Position = 0;
        var adversary = new TorchAdversary();
        using var ensemble = adversary.Load([model], images.Shape, classes);
        var batch = new AttackBatch(images, [.. Enumerable.Range(0, images.Count).Select(i => (ulong)i)], RunSeed: 7);
        return ensemble.Attack(batch, AttackProfiles.Recommended.Attack, progress: null, CancellationToken.None);
    }
}
