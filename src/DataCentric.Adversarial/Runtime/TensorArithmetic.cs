using TorchSharp;
using static TorchSharp.torch;

#pragma warning disable RS0030 // the one place that may use TorchSharp's Scalar

namespace DataCentric.Adversarial.Runtime;

/// <summary>
/// Arithmetic with numbers that is safe beside the garbage collector. TorchSharp 0.107 wraps each number in a Scalar whose finalizer
/// frees the native copy. A temporary Scalar (<c>x * 2.0</c>, and even <c>x + y</c>, which passes a factor of 1) is unreachable as soon
/// as its handle was read, so on a busy machine it may be freed while libtorch still reads it. Here it lives until the call is over.
/// </summary>
internal static class TensorArithmetic
{
    private static readonly Scalar One = 1.0.ToScalar();

    /// <summary>a + b.</summary>
    public static Tensor Plus(this Tensor a, Tensor b) => a.add(b, One);

    /// <summary>a = a + b.</summary>
    public static Tensor PlusInPlace(this Tensor a, Tensor b) => a.add_(b, One);

    /// <summary>a = a + factor b.</summary>
    public static Tensor PlusInPlace(this Tensor a, Tensor b, double factor)
    {
        using var scalar = factor.ToScalar();
        return a.add_(b, scalar);
    }

    /// <summary>a + b c, value by value.</summary>
    public static Tensor PlusProduct(this Tensor a, Tensor b, Tensor c) => a.addcmul(b, c, One);

    /// <summary>a + number.</summary>
    public static Tensor Plus(this Tensor a, double number)
    {
        using var scalar = number.ToScalar();
        return a.add(scalar, One);
    }

    /// <summary>a times number.</summary>
    public static Tensor Times(this Tensor a, double number)
    {
        using var scalar = number.ToScalar();
        return a.mul(scalar);
    }

    /// <summary>a = a times number.</summary>
    public static Tensor TimesInPlace(this Tensor a, double number)
    {
        using var scalar = number.ToScalar();
        return a.mul_(scalar);
    }

    /// <summary>Each value of a is put between the bounds.</summary>
    public static Tensor ClampInPlace(this Tensor a, double low, double high)
    {
        using var lowest = low.ToScalar();
        using var highest = high.ToScalar();
        return a.clamp_(lowest, highest);
    }

    /// <summary>Values of a below the bound become the bound.</summary>
    public static Tensor AtLeastInPlace(this Tensor a, double low)
    {
        using var lowest = low.ToScalar();
        return a.clamp_min_(lowest);
    }

    /// <summary>Values of a above the bound become the bound.</summary>
    public static Tensor AtMostInPlace(this Tensor a, double high)
    {
        using var highest = high.ToScalar();
        return a.clamp_max_(highest);
    }
}
