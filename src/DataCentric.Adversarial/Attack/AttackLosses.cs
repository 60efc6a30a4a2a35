using static TorchSharp.torch;

namespace DataCentric.Adversarial.Attack;

/// <summary>What an attack ascends (<see cref="AttackLoss"/>), of one surrogate.</summary>
internal static class AttackLosses
{
    /// <summary>The loss of each image; the gradient of their sum is that of each.</summary>
    /// <param name="loss">Which loss.</param>
    /// <param name="logits">(N, K).</param>
    /// <param name="labels">Classes, (N, 1): those that the images are led to, or their own.</param>
    /// <returns>(N).</returns>
    public static Tensor Of(AttackLoss loss, Tensor logits, Tensor labels) => loss switch
    {
        AttackLoss.Logit => logits.gather(1, labels).squeeze(1).neg(),
        AttackLoss.TargetLogit => logits.gather(1, labels).squeeze(1),
        AttackLoss.Dlr => LogitRatio(logits, labels),
        _ => nn.functional.cross_entropy(logits, labels.squeeze(1), reduction: nn.Reduction.None),
    };

    private static Tensor LogitRatio(Tensor logits, Tensor labels)
    {
        const double tiny = 1e-12; // as in AutoAttack
        var largest = logits.topk(3, 1).values;
        var (first, second, third) = (largest.narrow(1, 0, 1), largest.narrow(1, 1, 1), largest.narrow(1, 2, 1));
        var own = logits.gather(1, labels);
        var other = where(first.eq(own), second, first);
        return other.sub(own).div(first.sub(third).Plus(tiny)).squeeze(1);
    }
}
