namespace DataCentric.Pipeline.Scoring;

/// <summary>One of the training sets that are compared.</summary>
/// <param name="Name">Short name, such as <c>raw</c> or <c>0:1:4</c>.</param>
/// <param name="Dataset">Where it lies; null where networks were brought.</param>
/// <param name="Sha256">Hash of its files; null where networks were brought.</param>
/// <param name="Count">Training images; null where networks were brought.</param>
/// <param name="Split">Shares clean:adversarial:corrupted of an enhanced set; null elsewhere.</param>
public sealed record ScoreArm(string Name, string? Dataset = null, string? Sha256 = null, int? Count = null, string? Split = null);
