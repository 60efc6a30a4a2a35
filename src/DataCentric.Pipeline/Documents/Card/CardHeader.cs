namespace DataCentric.Pipeline.Documents.Card;

/// <summary>
/// The header of a dataset card, YAML between two lines of dashes (huggingface.co/docs/hub/datasets-cards). Every text is a double-quoted
/// scalar written as JSON writes strings, which YAML 1.2 reads alike.
/// </summary>
internal static class CardHeader
{
    private static readonly (int Below, string Name)[] Sizes =
    [
        (1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"), (10_000_000, "1M<n<10M"), (int.MaxValue, "10M<n<100M"),
    ];

    /// <summary>Writes the header.</summary>
    /// <param name="run">The set's record.</param>
    /// <param name="formats">Formats the set lies in.</param>
    public static string Create(RunRecord run, IReadOnlyList<string> formats)
    {
        List<string> lines =
        [
            "---",
            .. License(run.License),
            $"pretty_name: {Quoted(SetTitle.Of(run))}",
            $"version: {Quoted(run.DataVersion)}",
            "task_categories:",
            "- image-classification",
            "size_categories:",
            $"- {Sizes.First(size => run.Input.Count < size.Below).Name}",
            "tags:",
            "- robustness",
            "- adversarial",
            "- corruptions",
            "- data-centric",
            "configs:",
            .. Configurations(formats),
            "---",
        ];
        return string.Concat(lines.Select(line => line + "\n"));
    }

    /// <summary>The hub knows some licences by name; any other is <c>other</c> with a name and, where there is one, a link.</summary>
    private static IEnumerable<string> License(DataLicense? license)
    {
        if (license is null or { IsUnknown: true })
            return ["license: unknown"];
        if (KnownLicenses.Find(license.Id) is { } known)
            return [$"license: {known.Card}"];
        var link = license.Address ?? (license.Origin == LicenseOrigin.File ? ResultFiles.License : null);
        return ["license: other", $"license_name: {Quoted(license.Id)}", .. link is null ? Array.Empty<string>() : [$"license_link: {Quoted(link)}"]];
    }

    /// <summary>
    /// What the hub's viewer and <c>load_dataset</c> show: the images where they lie in a form that these read, else the manifest. There is one
    /// configuration, since the first one's files decide by what reader all are read.
    /// </summary>
    private static IEnumerable<string> Configurations(IReadOnlyList<string> formats)
    {
        if (formats.Contains(SetFormats.Parquet))
            return Configuration("default", "parquet/*.parquet");
        if (formats.Contains(SetFormats.WebDataset))
            return Configuration("default", "webdataset/*.tar");
        if (formats.Contains(SetFormats.Folder)) // Its texts beside the classes would count as data.
            return Configuration("default", "folder/metadata.jsonl", "folder/*/**");
        return Configuration("manifest", ResultFiles.Manifest);
    }

    private static IEnumerable<string> Configuration(string name, params string[] files) =>
    [
        $"- config_name: {name}",
        "  data_files:",
        "  - split: train",
        .. files is [var file] ? [$"    path: {Quoted(file)}"] : files.Select(path => $"    - {Quoted(path)}").Prepend("    path:"),
    ];

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
