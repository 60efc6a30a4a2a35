using System.Runtime.InteropServices;
using DataCentric.Imaging.Corruptions;
using DataCentric.Npy;

namespace DataCentric.Pipeline.DataSets;

/// <summary>What is checked of each sample of a stored set.</summary>
/// <param name="set">What it was made from.</param>
/// <param name="request">What was asked for.</param>
/// <param name="breaches">Receives what is wrong.</param>
internal sealed class SampleChecks(IngestedSet set, EnhancementRequest request, BreachList breaches)
{
    private readonly PerturbationBudget _budget = PerturbationBudget.Of(request.Attack);

    public BreachList Breaches { get; } = breaches;

    /// <summary>The corruptions that the request asks for, by name.</summary>
    public IReadOnlyDictionary<string, Corruption> Kinds { get; } =
        request.Corruptions.CreateMix().Corruptions.ToDictionary(corruption => corruption.Name, StringComparer.Ordinal);

    public void Header(NpyHeader header, string file, NpyHeader expected)
    {
        if (!header.Shape.SequenceEqual(expected.Shape))
            Breaches.Add($"{file} has shape {NpyHeader.Describe(header.Shape)}; expected {NpyHeader.Describe(expected.Shape)}.");
        if (header.Type != expected.Type)
            Breaches.Add($"{file} says that its values are {header.Type}; expected {expected.Type}.");
        if (header.FortranOrder)
            Breaches.Add($"{file} says that its first axis varies fastest (fortran_order); expected that its last does.");
    }

    /// <summary>Checks one sample.</summary>
    /// <param name="entry">Its line of the manifest.</param>
    /// <param name="pixels">Its stored pixels.</param>
    /// <param name="row">Its stored label, K float32.</param>
    /// <param name="originals">Clean samples; null where there are none.</param>
    /// <param name="position">Its place among them.</param>
    public void Sample(ManifestEntry entry, ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> row, ImageSet? originals, int position)
    {
        var name = $"Sample {entry.Index} ({entry.Source})";
        if (Convert.ToHexStringLower(SHA256.HashData(pixels)) != entry.Sha256)
            Breaches.Add($"{name}: its pixels in {ResultFiles.Data} are not those of the manifest.");
        Label(name, entry.Label, row);
        if (entry.Label < 0 || entry.Label >= set.ClassCount)
            Breaches.Add($"{name}: label {entry.Label} is outside 0..{set.ClassCount - 1}.");
        Provenance(name, entry);
        if (entry.Role == SampleRole.Adversarial && !(entry.Attack?.Excess <= _budget.L2Levels))
            Breaches.Add($"{name}: its recorded perturbation exceeds the budget.");
        if (originals is not null)
            AgainstClean(name, entry, pixels, row, originals, position);
    }

    /// <summary>What the line says was done must be something that the request asks for.</summary>
    private void Provenance(string name, ManifestEntry entry)
    {
        if (entry.Seed != request.Seed)
            Breaches.Add($"{name}: the manifest's seed {entry.Seed} is not the run's, {request.Seed}.");
        if (entry.Intended is not null && (entry.Role != SampleRole.Clean || entry.Intended == SampleRole.Clean))
            Breaches.Add($"{name}: the manifest says that it stayed clean where its shard failed, and also that it did not.");
        if ((entry.Role == SampleRole.Corrupted) != (entry.Kind is not null) || (entry.Role == SampleRole.Adversarial) != (entry.Attack is not null))
            Breaches.Add($"{name}: its role in the manifest does not fit what the manifest says was done to it.");
        else if (entry.Kind is not null && (!Kinds.TryGetValue(entry.Kind, out var kind) || kind.Set != entry.ParameterSet || kind.Severity != (entry.Severity ?? 0)))
            Breaches.Add($"{name}: the run makes no corruption {entry.Kind} of {entry.ParameterSet}{(entry.Severity is { } severity ? $", severity {severity}" : "")}.");
    }

    private void Label(string name, int expected, ReadOnlySpan<byte> row)
    {
        if (LabelRows.LabelOf(row) is var label && label != expected)
            Breaches.Add($"{name}: its label in {ResultFiles.Label} is {label}; the manifest says {expected}.");
        else if (set.HasSoftLabels)
            return;
        else if (request.Labels == LabelRule.Distilled && !DistilledLabels.CanBe(MemoryMarshal.Cast<byte, float>(row), expected))
            Breaches.Add($"{name}: its row in {ResultFiles.Label} is no distilled label of class {expected}.");
        else if (request.Labels == LabelRule.Source && !LabelRows.IsOneHot(row, expected))
            Breaches.Add($"{name}: its row in {ResultFiles.Label} is not the one-hot row of {expected}.");
    }

    private void AgainstClean(
        string name, ManifestEntry entry, ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> row, ImageSet originals, int position)
    {
        if (originals.SoftLabels is { } soft && request.Labels == LabelRule.Source
            && !row.SequenceEqual(MemoryMarshal.AsBytes(soft.AsSpan(position * set.ClassCount, set.ClassCount))))
            Breaches.Add($"{name}: its row in {ResultFiles.Label} is not the source's.");
        var (linf, l2, excess) = _budget.Measure(originals.Image(position), pixels);
        if (entry.Label != originals.Labels[position])
            Breaches.Add($"{name}: the manifest's label {entry.Label} is not the source's, {originals.Labels[position]}.");
        if (entry.Role == SampleRole.Clean && linf != 0)
            Breaches.Add($"{name}: it should be clean, but differs from its source by up to {linf} levels.");
        if (entry.Role == SampleRole.Adversarial && excess > _budget.L2Levels)
            Breaches.Add($"{name}: its perturbation exceeds the budget (linf {_budget.LinfLevels} plus l2 {_budget.L2Levels:F1} levels).");
        if (linf != entry.Linf || Math.Abs(l2 - entry.L2) > 1e-9 * (1 + l2))
            Breaches.Add($"{name}: its norms are linf {linf}, l2 {l2:F3}; the manifest says {entry.Linf}, {entry.L2:F3}.");
    }
}
