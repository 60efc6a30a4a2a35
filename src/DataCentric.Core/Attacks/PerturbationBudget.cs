namespace DataCentric.Attacks;

/// <summary>
/// The budget of a stored attacked image, checked on integers. The perturbation is a sum d = a + b with |a| &lt;= linf on every value
/// and ‖b‖2 &lt;= l2. Such a, b exist for a given d exactly when the part of d beyond ±linf is short enough:
/// ‖d - clamp(d, -linf, linf)‖2 &lt;= l2; clipping to 0..255 only shortens d, so it keeps the property.
/// </summary>
/// <param name="LinfLevels">Bound of the l-infinity part, in levels of 0..255.</param>
/// <param name="L2Levels">Bound of the l2 part, in levels of 0..255 (255 x the radius on [0, 1]).</param>
public readonly record struct PerturbationBudget(int LinfLevels, double L2Levels)
{
    /// <summary>The budget that options ask for.</summary>
    /// <param name="options">Switches of the attack.</param>
    public static PerturbationBudget Of(AttackOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(options.LinfEpsilon, 255 * options.L2Epsilon);
    }

    /// <summary>Real norms of a stored perturbation.</summary>
    /// <param name="clean">Clean image.</param>
    /// <param name="stored">Stored image, as long as the clean one.</param>
    /// <returns>Largest absolute difference and l2 norm, in levels, and the l2 norm of what exceeds the l-infinity bound.</returns>
    public (int Linf, double L2, double Excess) Measure(ReadOnlySpan<byte> clean, ReadOnlySpan<byte> stored)
    {
        if (clean.Length != stored.Length)
            throw new ArgumentException($"{clean.Length} clean and {stored.Length} stored bytes.", nameof(stored));
        var linf = 0;
        long squares = 0, excess = 0;
        for (var i = 0; i < clean.Length; i++)
        {
            var difference = Math.Abs(stored[i] - clean[i]);
            linf = Math.Max(linf, difference);
            squares += difference * difference;
            var beyond = Math.Max(0, difference - LinfLevels);
            excess += beyond * beyond;
        }

        return (linf, Math.Sqrt(squares), Math.Sqrt(excess));
    }

    /// <summary>Whether a stored image is within the budget.</summary>
    /// <param name="clean">Clean image.</param>
    /// <param name="stored">Stored image.</param>
    public bool Holds(ReadOnlySpan<byte> clean, ReadOnlySpan<byte> stored) => Measure(clean, stored).Excess <= L2Levels;
}
