using System.Collections.Concurrent;
using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Pipeline.DataSets;

/// <summary>Makes corrupted samples again from their clean images: the same seed, key and kind give the same bytes on every machine.</summary>
/// <param name="seed">Seed of the run.</param>
/// <param name="shape">Shape of every image.</param>
internal sealed class CorruptedAgain(ulong seed, ImageShape shape)
{
    private readonly ConcurrentBag<(byte[] Pixels, CorruptionScratch Scratch)> _workers = [];

    /// <summary>Compares what comes out with the hashes of the manifest, which the stored pixels are compared with elsewhere.</summary>
    /// <param name="entries">Lines of the manifest.</param>
    /// <param name="originals">Their clean images.</param>
    /// <param name="checks">Receives what is wrong.</param>
    public void Check(IReadOnlyList<ManifestEntry> entries, ImageSet originals, SampleChecks checks)
    {
        var differs = new bool[entries.Count];
        Parallel.For(0, entries.Count, i => differs[i] = Differs(entries[i], checks.Kinds, originals.Image(i)));
        for (var i = 0; i < differs.Length; i++)
        {
            var entry = entries[i];
            if (differs[i])
                checks.Breaches.Add($"Sample {entry.Index} ({entry.Source}): its pixels are not what {entry.Kind} makes of source record {entry.Key}.");
            if (entry.Source != originals.SourceIds[i].ReplaceLineEndings(" "))
                checks.Breaches.Add($"Sample {entry.Index} ({entry.Source}): source record {entry.Key} is {originals.SourceIds[i]}.");
        }
    }

    private bool Differs(ManifestEntry entry, IReadOnlyDictionary<string, Corruption> kinds, ReadOnlySpan<byte> original)
    {
        if (entry.Kind is null || !kinds.TryGetValue(entry.Kind, out var kind))
            return false;
        var worker = _workers.TryTake(out var free) ? free : (Pixels: new byte[shape.ByteLength], Scratch: new CorruptionScratch());
        Corrupter.Apply(seed, entry.Key, kind, original, worker.Pixels, shape, worker.Scratch);
        var hash = Convert.ToHexStringLower(SHA256.HashData(worker.Pixels));
        _workers.Add(worker);
        return hash != entry.Sha256;
    }
}
