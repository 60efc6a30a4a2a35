namespace DataCentric.Pipeline.Model;

/// <summary>Shares of clean, adversarial and corrupted samples, a1:a2:a3 (Zhong et al. 2022, section 4). Default 0:1:4.</summary>
[JsonConverter(typeof(TextJsonConverter<Split>))]
public readonly record struct Split : ITextValue<Split>
{
    /// <summary>The paper's choice: nothing clean, one fifth adversarial, four fifths corrupted.</summary>
    public static readonly Split Paper = new(0, 1, 4);

    /// <summary>Makes a split.</summary>
    /// <param name="clean">Share that stays clean, 0 or more.</param>
    /// <param name="adversarial">Share that is attacked, 0 or more.</param>
    /// <param name="corrupted">Share that is corrupted, 0 or more.</param>
    /// <exception cref="InputException">A share is negative, or all are 0.</exception>
    public Split(int clean, int adversarial, int corrupted)
    {
        if (clean < 0 || adversarial < 0 || corrupted < 0 || (clean == 0 && adversarial == 0 && corrupted == 0))
            throw new InputException($"Split {clean}:{adversarial}:{corrupted}: shares must be 0 or more and not all 0, such as 0:1:4.");
        (Clean, Adversarial, Corrupted) = (clean, adversarial, corrupted);
    }

    /// <summary>Share that stays clean.</summary>
    public int Clean { get; }

    /// <summary>Share that is attacked.</summary>
    public int Adversarial { get; }

    /// <summary>Share that is corrupted.</summary>
    public int Corrupted { get; }

    /// <summary>Reads <c>clean:adversarial:corrupted</c>.</summary>
    /// <param name="text">Such as <c>0:1:4</c>.</param>
    /// <exception cref="InputException">The text is not a split.</exception>
    public static Split Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(':');
        var shares = new int[3];
        if (parts.Length != 3)
            throw NotASplit(text);
        for (var i = 0; i < 3; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out shares[i]))
                throw NotASplit(text);
        }

        return new Split(shares[0], shares[1], shares[2]);
    }

    /// <summary>
    /// Sizes that add up to <paramref name="total"/>: each share's whole part, then one more for the largest remainders
    /// (Hamilton's method; ties go to the earlier share).
    /// </summary>
    /// <param name="total">Samples to divide, 0 or more.</param>
    public (int Clean, int Adversarial, int Corrupted) SizesFor(int total)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        int[] shares = [Clean, Adversarial, Corrupted];
        var sum = shares.Sum(share => (long)share);
        var sizes = shares.Select(share => (int)((Int128)total * share / sum)).ToArray();
        var byRemainder = Enumerable.Range(0, 3).OrderByDescending(i => (Int128)total * shares[i] % sum).ThenBy(i => i);
        foreach (var i in byRemainder.Take(total - sizes.Sum()))
            sizes[i]++;
        return (sizes[0], sizes[1], sizes[2]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Clean}:{Adversarial}:{Corrupted}";

    private static InputException NotASplit(string text) =>
        new($"Split '{text}': expected clean:adversarial:corrupted as three whole numbers, such as 0:1:4.");
}
