using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation.TestSets;

namespace DataCentric.Pipeline.Evaluation;

/// <summary>What must hold of networks, training data and test sets before a score means anything.</summary>
internal static class ScoreChecks
{
    /// <summary>Checks that nobody who attacked the test images attacked training images.</summary>
    /// <param name="attackers">Those of the test images.</param>
    /// <param name="surrogates">Hashes of the surrogates that attacked images of the enhanced sets.</param>
    /// <exception cref="InputException">An attacker is not held out.</exception>
    public static void RequireHeldOut(IEnumerable<TrainedModel> attackers, IReadOnlySet<string> surrogates)
    {
        if (attackers.FirstOrDefault(attacker => surrogates.Contains(attacker.Sha256)) is { } shared)
        {
            throw new InputException($"{shared.Architecture} ({shared.Name}) attacked the test images and was a surrogate of an enhanced set, too. "
                + "Make test sets with held-out attackers.");
        }
    }

    /// <summary>Checks test sets against the raw training set.</summary>
    /// <param name="test">The test sets.</param>
    /// <param name="raw">The raw training set.</param>
    /// <param name="cancellationToken">Stops the search for duplicates.</param>
    /// <exception cref="InputException">Shape or classes differ, or test images leak.</exception>
    public static void RequireFit(TestSet test, LoadedData raw, CancellationToken cancellationToken)
    {
        raw.Outline.Require(test.Outline);
        if (test.Record.TrainingSha256.Contains(raw.Sha256))
            return;
        var options = test.Record.Options; // nothing can be dropped any more
        _ = LeakGate.Check(
            test.Parts[TestSetFiles.Original].Images,
            [raw.Images],
            options.Leaks == LeakPolicy.Drop ? options with { Leaks = LeakPolicy.Stop } : options,
            cancellationToken);
    }
}
