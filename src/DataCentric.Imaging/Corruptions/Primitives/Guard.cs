using System.Runtime.CompilerServices;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>Checks of parameters, written as <c>parameters?.Sigma</c>: where there are none at all, that is what is said.</summary>
internal static class Guard
{
    /// <summary>Returns the value if it is in the range, ends included.</summary>
    /// <exception cref="ArgumentNullException">There are no parameters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double InRange(double? value, double low, double high, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        var given = value ?? throw Missing(name);
        return given >= low && given <= high
            ? given
            : throw new ArgumentOutOfRangeException(Shown(name), given, $"{Shown(name)} must be {low} to {high}.");
    }

    /// <summary>Returns the interval if both ends are in the range and in order.</summary>
    /// <exception cref="ArgumentNullException">There are no parameters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">They are not.</exception>
    public static Interval InRange(Interval? value, double low, double high, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        var given = value ?? throw Missing(name);
        return given.Low >= low && given.High <= high && given.Low <= given.High
            ? given
            : throw new ArgumentOutOfRangeException(Shown(name), given, $"{Shown(name)} must lie between {low} and {high}, lower end first.");
    }

    private static ArgumentNullException Missing(string name) => new(name.Split("?.")[0]);

    private static string Shown(string name) => name.Replace("?.", ".", StringComparison.Ordinal);
}
