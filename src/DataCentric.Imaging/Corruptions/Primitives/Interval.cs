namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>A range that a parameter is drawn from uniformly, once for each image or layer.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end; equal to the lower for a fixed value.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>Draws a value.</summary>
    /// <param name="random">Where the draw is taken from.</param>
    public double Draw(ref CounterRandom random) => random.Uniform(Low, High);
}
