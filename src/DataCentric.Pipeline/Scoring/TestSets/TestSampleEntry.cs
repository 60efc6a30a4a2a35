namespace DataCentric.Pipeline.Scoring.TestSets;

/// <summary>A line of P's <c>manifest.jsonl</c>: one image of one part.</summary>
/// <param name="Part">ori, adv or cor.</param>
/// <param name="Index">Number of the image in its part.</param>
/// <param name="Source">Source record of the clean image.</param>
/// <param name="Label">Class index.</param>
public sealed record TestSampleEntry(string Part, int Index, string Source, int Label)
{
    /// <summary>Name of the attack; null outside adv.</summary>
    public string? Attack { get; init; }

    /// <summary>Kind of the corruption; null outside cor.</summary>
    public string? Kind { get; init; }

    /// <summary>Severity of the corruption, 1 to 5; null outside cor.</summary>
    public int? Severity { get; init; }

    /// <summary>l-infinity norm of the attack's change, in levels; null outside adv.</summary>
    public int? Linf { get; init; }

    /// <summary>l2 norm of the attack's change, in levels; null outside adv.</summary>
    public double? L2 { get; init; }
}
