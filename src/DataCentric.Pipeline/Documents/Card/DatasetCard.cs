namespace DataCentric.Pipeline.Documents.Card;

/// <summary>The dataset card of an enhanced set: what it is, where it comes from, what it is good for and what not, and the figures of its run.</summary>
internal static class DatasetCard
{
    /// <summary>Writes the card.</summary>
    /// <param name="run">The set's record.</param>
    public static string Create(RunRecord run)
    {
        var formats = SetFormats.In(run);
        return Text($"""
            {CardHeader.Create(run, formats)}
            # {Markdown.Text(SetTitle.Of(run))}

            {run.Input.Count} images of {run.Input.Shape.Height} × {run.Input.Shape.Width} pixels in {run.Input.ClassCount} classes. The set has as many
            samples as were taken from its source, “{Markdown.Text(SetTitle.SourceOf(run))}”, with their labels; of the images {run.Plan.Clean} are as they
            were, {run.Plan.Adversarial} carry transferable adversarial perturbations and {run.Plan.Corrupted} are corrupted. A network trained on it in
            the ordinary way is more robust than one trained on the source.{Loss(run)}

            Version {run.DataVersion}. [report.html](report.html) shows pictures and figures, [croissant.json](croissant.json) describes the files for machines.

            ## Licence

            {LicenseText(run)}

            ## Intended use

            * Training image classifiers that are to withstand adversarial perturbations and common corruptions, with any trainer.
            * Comparing ways to make training data better with the network and the training held fixed.

            ## Limits

            * For training, not for testing: scores on these images say nothing about clean accuracy.
            * Robustness against perturbations and corruptions like these. It is no guarantee against an attacker who knows the network.
            * Labels are the source's, mistakes included; a strong corruption can hide what a label says.
            * Faults, imbalances and personal content of the source are in this set too.
            * The saved pixels are what was checked. Compressing or resizing them afterwards weakens the perturbations.

            ## What is in it

            {Files(run, formats)}

            {Figures(run)}

            ## Method

            {Citation.Text}, [arXiv:2203.05323]({Citation.Address}). Split {run.Request.Split} (clean : adversarial : corrupted), seed {run.Request.Seed};
            perturbations within an l∞ part of ±{run.Request.Attack.LinfEpsilon} levels and an l2 part of {run.Request.Attack.L2Epsilon} on pixels in [0, 1];
            corruptions of the parameter set `{run.Request.Corruptions.Set}`. Made with DataCentric.Functions {run.Versions.GetValueOrDefault("datacentric")}.
            `run.json` holds every option, version and hash.

            ```bibtex
            {Citation.BibTex}
            ```

            """);
    }

    private static string Loss(RunRecord run) => run.FailedShards is { } failed
        ? $"\n\n**{FailedShards.Sentence(failed)}.** `manifest.jsonl` says of each what it was to be (`intended`), `run.json` why (`failedShards`)."
        : "";

    private static string LicenseText(RunRecord run) => run.License switch
    {
        { IsUnknown: true, Origin: LicenseOrigin.File } =>
            "**Unknown.** The source states no licence; what is known of its terms is in [LICENSE](LICENSE). They hold for this set as well: find out more before you use or share it.",
        null or { IsUnknown: true } =>
            "**Unknown.** Whoever made this set did not state the terms of its source. The terms of the source hold for this set as well: find them out before you use or share it.",
        { Origin: LicenseOrigin.File } file => $"{Name(file)}, the licence of the source, whose text is in [LICENSE](LICENSE). It holds for this set as well.",
        { } stated => $"{Name(stated)}, the licence of the source as stated by whoever made this set. It holds for this set as well.",
    };

    private static string Name(DataLicense license) =>
        license.Address is { } address ? Markdown.Link(license.Id, address) : Markdown.Text(license.Id);

    private static string Files(RunRecord run, IReadOnlyList<string> formats) => string.Join('\n',
    [
        "| file | what |",
        "|---|---|",
        "| `data.npy`, `label.npy` | pixels, uint8 (N, H, W, 3), and labels, float32 (N, K) |",
        "| `manifest.jsonl` | for each sample: source record, what was done, norms of the change, hash |",
        .. formats.Where(format => format != SetFormats.Npy).Select(format => $"| `{SetFormats.Prefix(format)}` | the same samples in the format {format}{(format == SetFormats.Folder ? Encodings(run.Request.Folder) : "")} |"),
        "| `run.json` | the run: options, versions, hashes of all files |",
    ]);

    private static string Encodings(FolderLayout folder) => folder.EncodingOf(isAttacked: false) is { IsLossless: false } encoding
        ? $": clean and corrupted images as {encoding}, attacked ones as {folder.EncodingOf(isAttacked: true)}"
        : "";

    private static string Figures(RunRecord run) => run.Statistics is not { } statistics ? "" : string.Join('\n',
    [
        "## Figures",
        "",
        "| what | samples | mean l2, pixels in [0, 1] | mean l∞, levels | mean PSNR, dB |",
        "|---|--:|--:|--:|--:|",
        .. statistics.Groups.Select(group => Text(
            $"| {Markdown.Text(group.Name)} | {group.Count} | {group.MeanL2 / 255:F2} | {group.MeanLinf:F1} | {group.MeanPsnr?.ToString("F1", CultureInfo.InvariantCulture) ?? "–"} |")),
        .. run.Attack is not { } attack ? Array.Empty<string>() :
        [
            "",
            Text($"The attacked images were classified right by the surrogates {attack.SurrogateAccuracyBefore:P1} of the time before and {attack.SurrogateAccuracyAfter:P1} after the attack")
            + (attack.HeldOutAccuracyBefore is { } before ? Text($", by a network that was not among them {before:P1} before and {attack.HeldOutAccuracyAfter:P1} after.") : "."),
        ],
    ]);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
