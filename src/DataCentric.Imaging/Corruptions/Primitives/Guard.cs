using System.Runtime.CompilerServices;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>Checks of parameters.</summary>
internal static class Guard
{
    /// <summary>Returns the value if it is in the range, ends included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double InRange(double value, double low, double high, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= low && value <= high
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be {low} to {high}.");

    /// <summary>Returns the interval if both ends are in the range and in order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not.</exception>
    public static Interval InRange(Interval value, double low, double high, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value.Low >= low && value.High <= high && value.Low <= value.High
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must lie between {low} and {high}, lower end first.");
}
