namespace DataCentric.Attacks;

/// <summary>How the learning rate goes over a training.</summary>
public enum TrainingSchedule
{
    /// <summary>Rises over the first fifth of all steps, then falls along half a cosine to zero, step by step. Good for few epochs.</summary>
    WarmUpCosine,

    /// <summary>Falls along half a cosine, epoch by epoch, from the first (the competition; PyTorch's CosineAnnealingLR, T_max = epochs).</summary>
    EpochCosine,
}
