using System.Globalization;
using System.Text.RegularExpressions;

namespace DataCentric;

/// <summary>An amount of memory as people write it: <c>4GB</c>, <c>1.5 GiB</c>, <c>800MB</c>.</summary>
/// <param name="Bytes">Bytes.</param>
public readonly partial record struct MemorySize(long Bytes)
{
    /// <summary>The least that means anything: less holds no process that computes.</summary>
    private const long Least = 256_000_000;

    private const long Most = 1L << 50;

    /// <summary>Reads an amount.</summary>
    /// <param name="text">A number and MB, GB or TB (powers of 1000), or MiB, GiB or TiB (powers of 1024).</param>
    /// <exception cref="InputException">It is none, or less than 256 MB.</exception>
    public static MemorySize Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Amount().Match(text.Trim()) is not { Success: true } amount)
            throw new InputException($"'{text}' is not an amount of memory; expected a number with its unit, such as 4GB, 1.5GiB or 800MB.");
        var step = amount.Groups["binary"].Success ? 1024.0 : 1000.0;
        var power = "MGT".IndexOf(char.ToUpperInvariant(amount.Groups["unit"].ValueSpan[0])) + 2;
        var bytes = double.Parse(amount.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) * Math.Pow(step, power);
        return bytes is >= Least and <= Most
            ? new((long)bytes)
            : throw new InputException($"'{text}' is {(bytes < Least ? "too little" : "too much")} memory; expected at least 256MB.");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Bytes / 1_000_000} MB");

    [GeneratedRegex(@"^(?<number>\d{1,9}(\.\d+)?)\s*(?<unit>[MGT])(?<binary>i)?B$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Amount();
}
