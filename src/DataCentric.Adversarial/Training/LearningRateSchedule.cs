namespace DataCentric.Adversarial.Training;

/// <summary>
/// Linear warm-up over the first part of all steps, then half a cosine down to zero (Goyal et al. 2017, section 2.2; Loshchilov and
/// Hutter 2017, eq. 5): rate(t) = peak (t + 1) / W for t &lt; W, peak (1 + cos(pi (t - W) / (T - W))) / 2 after.
/// </summary>
/// <param name="Peak">Largest learning rate.</param>
/// <param name="Steps">All steps, T.</param>
internal readonly record struct LearningRateSchedule(double Peak, int Steps)
{
    private const double WarmUpShare = 0.2;

    /// <summary>Steps of the warm-up, W.</summary>
    public int WarmUp => (int)(WarmUpShare * Steps);

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">0 to T - 1.</param>
    public double At(int step) => step < WarmUp
        ? Peak * (step + 1) / WarmUp
        : Peak * (1 + Math.Cos(Math.PI * (step - WarmUp) / (Steps - WarmUp))) / 2;
}
