using DataCentric.Randomness;

namespace DataCentric.Pipeline.Evaluation.TestSets;

/// <summary>
/// Makes the attacked part: each attack takes an equal share of the images, in batches that a stopped run does not repeat. Results depend on the
/// members of a batch, so batches are fixed by the options alone.
/// </summary>
/// <param name="networks">The attackers.</param>
/// <param name="work">Holds finished batches; those of one identity only.</param>
/// <param name="options">Attacks and seed.</param>
/// <param name="workers">Batches attacked at once.</param>
/// <param name="observer">Watches batches.</param>
internal sealed class AdversarialPart(HeldOutNetworks networks, IDataStore work, TestSetOptions options, int workers, IActivityObserver observer)
{
    private const int Variant = 0;

    /// <summary>Attacks all images.</summary>
    /// <param name="clean">Clean images.</param>
    /// <param name="cancellationToken">Stops within one iteration.</param>
    public async Task<TestPart> MakeAsync(ImageSet clean, CancellationToken cancellationToken)
    {
        var dealt = Assignment.Deal(options.Seed, clean.Count, options.Attacks.Count, Variant);
        var batches = Batches(dealt).ToArray();
        var pixels = new byte[clean.Pixels.Length];
        var (done, total) = (0L, batches.Sum(batch => batch.Passes));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(batches, parallel, async (batch, token) =>
        {
            var attacked = await FindOrAttackAsync(batch, clean, token);
            for (var i = 0; i < batch.Samples.Length; i++)
                attacked.AsSpan(i * clean.Shape.ByteLength, clean.Shape.ByteLength).CopyTo(pixels.AsSpan(batch.Samples[i] * clean.Shape.ByteLength));
            observer.Report(new ActivityProgress(TestSetFiles.Adversarial, Interlocked.Add(ref done, batch.Passes), total, "passes"));
        });
        var images = new ImageSet(clean.Shape, pixels, clean.Labels, clean.SourceIds);
        return new(images, [.. Enumerable.Range(0, clean.Count).Select(n => Entry(clean, images, n, options.Attacks[dealt[n]]))]);
    }

    private IEnumerable<Batch> Batches(int[] dealt)
    {
        for (var attack = 0; attack < options.Attacks.Count; attack++)
        {
            var profile = AttackProfiles.Get(options.Attacks[attack]);
            var samples = Enumerable.Range(0, dealt.Length).Where(n => dealt[n] == attack);
            foreach (var (number, chunk) in samples.Chunk(profile.Attack.BatchSize).Index())
                yield return new($"{profile.StoredName}-{number:D5}.bin", profile.Attack with { EnsembleWeights = null }, chunk);
        }
    }

    private async Task<byte[]> FindOrAttackAsync(Batch batch, ImageSet clean, CancellationToken cancellationToken)
    {
        var length = batch.Samples.Length * clean.Shape.ByteLength;
        if (await work.FindAsync(batch.Name, cancellationToken) is { } item && item.Length == length)
            return await work.ReadAllBytesAsync(batch.Name, cancellationToken);
        var images = new ImageSet(
            clean.Shape,
            [.. batch.Samples.SelectMany(n => clean.Image(n).ToArray())],
            [.. batch.Samples.Select(n => clean.Labels[n])],
            [.. batch.Samples.Select(n => clean.SourceIds[n])]);
        var keys = batch.Samples.Select(n => (ulong)n).ToArray();
        var attacked = networks.Attack(new AttackBatch(images, keys, options.Seed), batch.Options, cancellationToken);
        await work.WriteAllBytesAsync(batch.Name, attacked, cancellationToken);
        return attacked;
    }

    private static TestSampleEntry Entry(ImageSet clean, ImageSet attacked, int n, string attack)
    {
        var (linf, l2, _) = default(PerturbationBudget).Measure(clean.Image(n), attacked.Image(n));
        return new(TestSetFiles.Adversarial, n, clean.SourceIds[n], clean.Labels[n]) { Attack = attack, Linf = linf, L2 = Math.Round(l2, 3) };
    }

    private sealed record Batch(string Name, AttackOptions Options, int[] Samples)
    {
        /// <summary>How often an image goes through the attackers: what an attack costs, so that the time left is right where one costs 20 times another.</summary>
        public long Passes => (long)Samples.Length * Options.TotalIterations * (Options.DiversityCopies ?? 1);
    }
}

/// <summary>Shares out images in equal shares that differ by one image at most, at random.</summary>
internal static class Assignment
{
    /// <summary>The group of each image: the images in a random order are dealt out to the groups in turn.</summary>
    /// <param name="seed">Seed of the test sets.</param>
    /// <param name="count">Number of images.</param>
    /// <param name="groups">Number of groups, at least 1.</param>
    /// <param name="variant">Tells apart the assignments of one seed.</param>
    public static int[] Deal(ulong seed, int count, int groups, int variant)
    {
        var order = Enumerable.Range(0, count).ToArray();
        new CounterRandom(seed, 0, RandomStage.TestSet, variant).Shuffle<int>(order);
        var dealt = new int[count];
        for (var rank = 0; rank < count; rank++)
            dealt[order[rank]] = rank % groups;
        return dealt;
    }
}
