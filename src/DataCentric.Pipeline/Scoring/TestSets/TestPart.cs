using DataCentric.Images;

namespace DataCentric.Pipeline.Scoring.TestSets;

/// <summary>One of the three parts of P.</summary>
/// <param name="Images">Its images.</param>
/// <param name="Entries">What is known of each.</param>
public sealed record TestPart(ImageSet Images, IReadOnlyList<TestSampleEntry> Entries);
