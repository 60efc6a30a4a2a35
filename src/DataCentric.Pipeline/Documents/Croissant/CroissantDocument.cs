using System.Text.Json.Nodes;

namespace DataCentric.Pipeline.Documents.Croissant;

/// <summary>
/// Describes an enhanced set in Croissant 1.1 (docs.mlcommons.org/croissant): JSON-LD with what the set is, its files with their hashes,
/// its records, and by the PROV ontology what it was derived from and by what.
/// </summary>
internal static class CroissantDocument
{
    private const string SourceId = "source";

    /// <summary>The document.</summary>
    /// <param name="run">The set's record.</param>
    /// <param name="files">Files to describe, with hashes.</param>
    public static JsonObject Create(RunRecord run, IReadOnlyList<StoredFile> files)
    {
        var document = new JsonObject
        {
            ["@context"] = CroissantContext.Create(),
            ["@type"] = "sc:Dataset",
            ["conformsTo"] = CroissantContext.Version,
            ["name"] = SetTitle.IdentifierOf(run),
            ["description"] = Description(run),
            ["license"] = License(run.License),
            ["url"] = AddressOf(files),
            ["version"] = run.DataVersion,
            ["creator"] = new JsonObject { ["@type"] = "sc:Organization", ["name"] = $"The user of DataCentric.Functions {Version(run)}" },
            ["datePublished"] = Date(run),
            ["keywords"] = new JsonArray("image classification", "robustness", "adversarial examples", "image corruptions"),
            ["isLiveDataset"] = false,
            ["citeAs"] = Citation.BibTex,
            ["prov:wasDerivedFrom"] = Source(run),
            ["prov:wasGeneratedBy"] = Activity(run),
            ["distribution"] = CroissantFiles.Create(files, run.Request.Folder),
            ["recordSet"] = CroissantRecords.Create(run, files),
        };
        return document;
    }

    private static string Description(RunRecord run) => string.Create(CultureInfo.InvariantCulture,
        $"{run.Input.Count} images of {run.Input.Shape.Height} x {run.Input.Shape.Width} pixels in {run.Input.ClassCount} classes, made from {VisibleText.Of(SetTitle.SourceOf(run))}: "
        + $"{run.Plan.Clean} kept as they are, {run.Plan.Adversarial} with adversarial perturbations, {run.Plan.Corrupted} corrupted. {(run.FailedShards is { } failed ? FailedShards.Sentence(failed) + ". " : "")}For training robust classifiers.");

    private static JsonNode License(DataLicense? license) => license?.Address is { } address
        ? JsonValue.Create(address)
        : new JsonObject
        {
            ["@type"] = "sc:CreativeWork",
            ["name"] = license?.Id ?? DataLicense.UnknownId,
            ["description"] = license is null or { IsUnknown: true }
                ? "Unknown: whoever made this set did not state the terms of its source. Find them out before you use or share it."
                : "The terms of the source data set.",
        };

    /// <summary>The set has no page; its manifest, which holds the hash of every image, names it (RFC 6920).</summary>
    private static string AddressOf(IReadOnlyList<StoredFile> files)
    {
        var hash = Convert.FromHexString(files.First(file => file.Name == ResultFiles.Manifest).Sha256);
        return $"ni:///sha-256;{System.Buffers.Text.Base64Url.EncodeToString(hash)}";
    }

    private static JsonObject Source(RunRecord run) => new()
    {
        ["@type"] = new JsonArray("prov:Entity", "sc:Dataset"),
        ["@id"] = SourceId,
        ["name"] = SetTitle.SourceOf(run),
        ["description"] = $"{run.Available} samples, format {run.InputFormat}. The hash is SHA-256 over relative path, length and bytes of each of its files.",
        ["sha256"] = run.Input.InputHash,
        ["license"] = License(run.License),
    };

    private static JsonObject Activity(RunRecord run) => new()
    {
        ["@type"] = "prov:Activity",
        ["prov:label"] = $"Enhancement, run {run.Request.RunId}: split {run.Request.Split} (clean : adversarial : corrupted), seed {run.Request.Seed}",
        ["prov:endedAtTime"] = run.Published?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["prov:used"] = new JsonObject { ["@id"] = SourceId },
        ["prov:wasAssociatedWith"] = new JsonObject
        {
            ["@type"] = "prov:SoftwareAgent",
            ["prov:label"] = $"DataCentric.Functions {Version(run)}",
        },
    };

    private static string Version(RunRecord run) => run.Versions.GetValueOrDefault("datacentric", "");

    private static string Date(RunRecord run) => (run.Published ?? DateTimeOffset.UnixEpoch).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
