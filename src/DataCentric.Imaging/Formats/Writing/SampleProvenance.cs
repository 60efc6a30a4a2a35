namespace DataCentric.Imaging.Formats.Writing;

/// <summary>What is known of one sample beside its pixels and label. Formats with columns or notes carry it.</summary>
/// <param name="Index">Number in the set, from 0.</param>
/// <param name="Source">Record of the source that it was made from.</param>
/// <param name="Role">What became of it: clean, adversarial or corrupted.</param>
/// <param name="Kind">Kind of corruption; null unless corrupted.</param>
/// <param name="ParameterSet">Parameter set of the kind; null unless corrupted.</param>
/// <param name="Severity">Severity 1 to 5; null where there are none.</param>
/// <param name="Linf">Largest absolute difference to the source, in levels of 0..255.</param>
/// <param name="L2">l2 norm of the difference to the source, in levels.</param>
/// <param name="Sha256">SHA-256 of its pixels, H x W x 3 bytes, lower-case hex.</param>
public sealed record SampleProvenance(
    int Index, string Source, string Role, string? Kind, string? ParameterSet, int? Severity, int Linf, double L2, string Sha256);
