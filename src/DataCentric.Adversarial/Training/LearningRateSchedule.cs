namespace DataCentric.Adversarial.Training;

/// <summary>
/// The learning rate over all T steps, t = 0 .. T - 1, of which E make an epoch.
/// With warm-up: linear over the first part W, then half a cosine down to zero (Goyal et al. 2017, section 2.2; Loshchilov and Hutter
/// 2017, eq. 5): rate(t) = peak (t + 1) / W for t &lt; W, peak (1 + cos(pi (t - W) / (T - W))) / 2 after.
/// By epochs: peak (1 + cos(pi e / (T / E))) / 2 with e = floor(t / E), PyTorch's CosineAnnealingLR stepped once an epoch.
/// </summary>
/// <param name="Kind">Which of the two.</param>
/// <param name="Peak">Largest learning rate.</param>
/// <param name="Steps">All steps, T.</param>
/// <param name="StepsPerEpoch">Steps of one epoch, E.</param>
internal readonly record struct LearningRateSchedule(TrainingSchedule Kind, double Peak, int Steps, int StepsPerEpoch)
{
    private const double WarmUpShare = 0.2;

    /// <summary>Steps of the warm-up, W.</summary>
    public int WarmUp => Kind == TrainingSchedule.WarmUpCosine ? (int)(WarmUpShare * Steps) : 0;

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">0 to T - 1.</param>
    public double At(int step) => Kind == TrainingSchedule.EpochCosine ? Cosine(step / StepsPerEpoch * StepsPerEpoch, Steps)
        : step < WarmUp ? Peak * (step + 1) / WarmUp
        : Cosine(step - WarmUp, Steps - WarmUp);

    private double Cosine(int done, int all) => Peak * (1 + Math.Cos(Math.PI * done / all)) / 2;
}
