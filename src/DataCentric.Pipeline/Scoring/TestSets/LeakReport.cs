using DataCentric.Imaging.Duplicates;

namespace DataCentric.Pipeline.Scoring.TestSets;

/// <summary>Test images that the training data hold, too.</summary>
/// <param name="Exact">With equal pixels, mirrored or not.</param>
/// <param name="Near">With nearly equal pixels, see <see cref="NearDuplicateFinder"/>.</param>
/// <param name="Dropped">Left out of the test set for it.</param>
/// <param name="Examples">The closest of them.</param>
public sealed record LeakReport(int Exact, int Near, int Dropped, IReadOnlyList<DuplicateMatch> Examples);
