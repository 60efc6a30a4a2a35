using DataCentric.Randomness;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Attack;

/// <summary>What a surrogate sees instead of the images, so that an attack does not rest on what one network makes of one view.</summary>
internal interface IInputVariation
{
    /// <summary>Transforms a batch; gradients flow through.</summary>
    /// <param name="pixels">(N, 3, H, W) in [0, 1].</param>
    /// <returns>(N, 3, H', W'); what lies outside of the images is 0, black.</returns>
    Tensor Apply(Tensor pixels);
}

/// <summary>Draws input variations.</summary>
internal static class InputVariation
{
    private const int CopyStride = 1 << 12; // streams of one copy: one a surrogate and a shared one

    /// <summary>
    /// Draws what one surrogate sees in one iteration. The draw depends on seed, iteration, surrogate and copy alone, so it is the same
    /// for every batch, shard and worker.
    /// </summary>
    /// <param name="options">Who draws, what, and with what probability.</param>
    /// <param name="runSeed">Seed of the run.</param>
    /// <param name="iteration">0-based.</param>
    /// <param name="surrogate">0-based.</param>
    /// <param name="copy">0-based.</param>
    /// <param name="shape">Shape of the images.</param>
    /// <returns>The transformation, or null when the images stay as they are.</returns>
    public static IInputVariation? Draw(AttackOptions options, ulong runSeed, int iteration, int surrogate, int copy, ImageShape shape)
    {
        if (options.Diversity == DiversityDraw.Off)
            return null;
        var stream = (copy * CopyStride) + (options.Diversity == DiversityDraw.Shared ? 0 : 1 + surrogate);
        var random = new CounterRandom(runSeed, (ulong)iteration, RandomStage.InputDiversity, stream);
        if (!random.Chance(options.DiversityProbability))
            return null;
        return options.DiversityKind == DiversityKind.BlockShuffle ? BlockShuffle.Draw(ref random, shape) : InputDiversity.Draw(ref random, shape);
    }
}
