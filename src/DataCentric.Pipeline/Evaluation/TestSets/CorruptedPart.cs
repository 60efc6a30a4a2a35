using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Pipeline.Evaluation.TestSets;

/// <summary>Makes the corrupted part: each of the 19 kinds of CIFAR-10-C at each of its 5 severities takes an equal share of the images.</summary>
internal static class CorruptedPart
{
    private const int Variant = 1;
    private const int Severities = 5;

    /// <summary>Corrupts all images.</summary>
    /// <param name="clean">Clean images.</param>
    /// <param name="seed">Seed of the test sets.</param>
    /// <param name="workers">Images corrupted at once; does not change the result.</param>
    public static TestPart Make(ImageSet clean, ulong seed, int workers)
    {
        var corruptions = Enumerable.Range(1, Severities).SelectMany(severity => CorruptionCatalog.CreateAll(CorruptionCatalog.Cifar, severity)).ToArray();
        var dealt = Assignment.Deal(seed, clean.Count, corruptions.Length, Variant);
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
            })]);
    }
}
