using DataCentric.Imaging.Duplicates;

namespace DataCentric.Pipeline.Evaluation.TestSets;

/// <summary>Keeps test images that the training data hold, too, from making scores better than they are.</summary>
internal static class LeakGate
{
    private const int MaxExamples = 20;

    /// <summary>Looks for the test images in the training sets and does what the options say.</summary>
    /// <param name="test">Clean test images.</param>
    /// <param name="training">Training sets.</param>
    /// <param name="options">Protocol and policy.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The numbers of the test images that stay, ascending, and what was found.</returns>
    /// <exception cref="InputException">There are matches, and they are a fault; the message tells the closest.</exception>
    public static (int[] Kept, LeakReport Report) Check(
        ImageSet test, IEnumerable<ImageSet> training, TestSetOptions options, CancellationToken cancellationToken)
    {
        var finder = new NearDuplicateFinder(test);
        foreach (var set in training)
            finder.Search(set, cancellationToken);
        var found = finder.Found;
        var drop = options is { Protocol: TestProtocol.Clean, Leaks: LeakPolicy.Drop };
        var examples = found.OrderBy(match => match.Distance).ThenBy(match => match.Index).Take(MaxExamples).ToArray();
        var report = new LeakReport(found.Count(match => match.IsExact), found.Count(match => !match.IsExact), drop ? found.Count : 0, examples);
        if (found.Count > 0 && options is { Protocol: TestProtocol.Clean, Leaks: LeakPolicy.Stop })
            throw new InputException(Explain(report));
        var left = drop ? found.Select(match => match.Index).ToHashSet() : [];
        return ([.. Enumerable.Range(0, test.Count).Where(index => !left.Contains(index))], report);
    }

    private static string Explain(LeakReport report)
    {
        var closest = string.Join("", report.Examples.Take(5).Select(match => FormattableString.Invariant(
            $"\n  {match.Image} = {match.Match}{(match.Mirrored ? ", mirrored" : "")}{(match.IsExact ? "" : $" (differs by {match.Distance:F1} levels)")}")));
        return $"The training data hold {report.Exact} test images exactly and {report.Near} nearly:{closest}\n"
            + "A score on them says nothing. Leave them out (--leaks drop), keep them (--leaks allow), or name the paper's protocol (--protocol paper).";
    }
}

/// <summary>What is done about test images that the training data hold, too, under the clean protocol.</summary>
public enum LeakPolicy
{
    /// <summary>Nothing is written, and the matches are told.</summary>
    Stop,

    /// <summary>They are left out of the test set.</summary>
    Drop,

    /// <summary>They stay, and the record says so.</summary>
    Allow,
}

/// <summary>Test images that the training data hold, too.</summary>
/// <param name="Exact">With equal pixels, mirrored or not.</param>
/// <param name="Near">With nearly equal pixels, see <see cref="NearDuplicateFinder"/>.</param>
/// <param name="Dropped">Left out of the test set for it.</param>
/// <param name="Examples">The closest of them.</param>
public sealed record LeakReport(int Exact, int Near, int Dropped, IReadOnlyList<DuplicateMatch> Examples);
