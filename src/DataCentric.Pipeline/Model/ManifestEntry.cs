namespace DataCentric.Pipeline.Model;

/// <summary>Where one sample of an enhanced set comes from and what was done to it: one line of <c>manifest.jsonl</c>.</summary>
internal sealed record ManifestEntry
{
    /// <summary>Number of the sample in the enhanced set, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Record of the source it was made from, such as <c>data_batch_1.bin#17</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Number of that record in the source; with the run's seed it keys every random draw for this sample.</summary>
    public required ulong Key { get; init; }

    /// <summary>Class index.</summary>
    public required int Label { get; init; }

    /// <summary>What became of it.</summary>
    public required SampleRole Role { get; init; }

    /// <summary>What was to become of it, where its shard failed for good and it stayed clean; else null.</summary>
    public SampleRole? Intended { get; init; }

    /// <summary>Kind of corruption; null unless corrupted.</summary>
    public string? Kind { get; init; }

    /// <summary>Parameter set of the kind, such as <c>paper14</c>; null unless corrupted.</summary>
    public string? ParameterSet { get; init; }

    /// <summary>Severity 1 to 5; null unless the parameter set has severities.</summary>
    public int? Severity { get; init; }

    /// <summary>Seed of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The scores that chose role and kind; null where chance did.</summary>
    public SelectionEntry? Selection { get; init; }

    /// <summary>Largest absolute difference to the source, in levels of 0..255.</summary>
    public required int Linf { get; init; }

    /// <summary>l2 norm of the difference to the source, in levels of 0..255.</summary>
    public required double L2 { get; init; }

    /// <summary>What the attack did; null unless attacked.</summary>
    public AttackEntry? Attack { get; init; }

    /// <summary>SHA-256 of the stored pixels, H x W x 3 bytes, lower-case hex.</summary>
    public required string Sha256 { get; init; }
}

/// <summary>What the attack did to a sample.</summary>
internal sealed record AttackEntry
{
    /// <summary>Hash over the hashes of the surrogates' model files, in ensemble order; first 16 hexadecimal digits.</summary>
    public required string Surrogates { get; init; }

    /// <summary>l2 norm of what exceeds the l-infinity bound, in levels; at most 255 x the l2 radius.</summary>
    public required double Excess { get; init; }

    /// <summary>Ensemble logit of the true class on the clean image.</summary>
    public required float TrueLogitBefore { get; init; }

    /// <summary>Ensemble logit of the true class on the stored image.</summary>
    public required float TrueLogitAfter { get; init; }

    /// <summary>Class the ensemble sees in the clean image.</summary>
    public required int PredictionBefore { get; init; }

    /// <summary>Class the ensemble sees in the stored image.</summary>
    public required int PredictionAfter { get; init; }

    /// <summary>Class the held-out network sees in the clean image; null where none was given.</summary>
    public int? HeldOutBefore { get; init; }

    /// <summary>Class the held-out network sees in the stored image; null where none was given.</summary>
    public int? HeldOutAfter { get; init; }
}
