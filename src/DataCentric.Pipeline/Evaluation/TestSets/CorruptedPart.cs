using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Pipeline.Evaluation.TestSets;

/// <summary>
/// Makes the corrupted part: each of the 19 kinds of CIFAR-10-C or ImageNet-C at each of its 5 severities takes an equal share of the images, or of one
/// half of them where the other half is shared out in the same way to the 10 kinds of CIFAR-10-C-bar.
/// </summary>
internal static class CorruptedPart
{
    private const int Variant = 1;
    private const int HalfVariant = 2;
    private const int UnseenVariant = 3;
    private const int Severities = 5;

    /// <summary>Corrupts all images.</summary>
    /// <param name="clean">Clean images.</param>
    /// <param name="options">Seed, constants, and whether there are unseen kinds.</param>
    /// <param name="workers">Images corrupted at once; does not change the result.</param>
    public static TestPart Make(ImageSet clean, TestSetOptions options, int workers)
    {
        var seed = options.Seed;
        var seen = All(options.CorruptionSet);
        Corruption[] corruptions = options.UnseenCorruptions ? [.. seen, .. All(CorruptionCatalog.CifarBar)] : seen;
        var half = options.UnseenCorruptions ? Assignment.Deal(seed, clean.Count, 2, HalfVariant) : new int[clean.Count];
        var dealt = new int[clean.Count];
        Deal(0, 0, seen.Length, Variant);
        Deal(1, seen.Length, corruptions.Length - seen.Length, UnseenVariant);
        var samples = Enumerable.Range(0, clean.Count).Select(n => (ulong)n).ToArray();
        var pixels = new byte[clean.Pixels.Length];
        var scratch = Enumerable.Range(0, workers).Select(_ => new CorruptionScratch()).ToArray();
        Corrupter.ApplyAll(seed, samples, sample => corruptions[dealt[(int)sample]], clean.Pixels, pixels, clean.Shape, scratch);
        return new(
            new ImageSet(clean.Shape, pixels, clean.Labels, clean.SourceIds),
            [.. Enumerable.Range(0, clean.Count).Select(n => new TestSampleEntry(TestSetFiles.Corrupted, n, clean.SourceIds[n], clean.Labels[n])
            {
                Kind = corruptions[dealt[n]].Name,
                Severity = corruptions[dealt[n]].Severity,
                Unseen = dealt[n] >= seen.Length,
            })]);

        void Deal(int which, int first, int count, int variant)
        {
            int[] members = [.. Enumerable.Range(0, half.Length).Where(n => half[n] == which)];
            foreach (var (member, group) in members.Zip(members.Length == 0 ? [] : Assignment.Deal(seed, members.Length, count, variant)))
                dealt[member] = first + group;
        }

        static Corruption[] All(string set) => [.. Enumerable.Range(1, Severities).SelectMany(severity => CorruptionCatalog.CreateAll(set, severity))];
    }
}
