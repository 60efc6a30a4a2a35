using DataCentric.Pipeline.Scoring.TestSets;
using DataCentric.Pipeline.Scoring.Training;

namespace DataCentric.Pipeline.Scoring;

/// <summary>What must hold of training data and test sets before a score means anything.</summary>
internal static class ScoreChecks
{
    /// <summary>Checks all.</summary>
    /// <param name="test">The test sets.</param>
    /// <param name="raw">The raw training set.</param>
    /// <param name="surrogates">Hashes of the surrogates that attacked images of the enhanced sets.</param>
    /// <param name="cancellationToken">Stops the search for duplicates.</param>
    /// <exception cref="InputException">Shape or classes differ, an attacker is not held out, or test images leak.</exception>
    public static void Require(TestSet test, LoadedData raw, IReadOnlySet<string> surrogates, CancellationToken cancellationToken)
    {
        raw.Outline.Require(test.Outline);
        if (test.Record.Attackers.FirstOrDefault(attacker => surrogates.Contains(attacker.Sha256)) is { } shared)
        {
            throw new InputException($"{shared.Architecture} ({shared.Name}) attacked the test images and was a surrogate of an enhanced set, too. "
                + "Make test sets with held-out attackers.");
        }

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
