using DataCentric.Cli.Composition;
using DataCentric.Imaging.Corruptions;

namespace DataCentric.Cli.Commands;

/// <summary><c>corrupt</c>: named kinds over a whole data set.</summary>
internal static class CorruptCommand
{
    public static Command Create()
    {
        var dataset = CommonOptions.Dataset("The data set to corrupt.");
        var place = CommonOptions.Out("Folder for the corrupted sets.");
        var sets = CorruptionCatalog.Sets.Select(set => set.Name).ToArray();
        var set = Completions.Of(new Option<string>("--set") { Description = $"Parameter set: {string.Join(", ", sets)}. [default: paper14]", HelpName = "SET" }, sets);
        var kinds = new Option<string>("--kinds") { Description = "Kinds separated by commas, all14, all19 or the name of a set. [default: all of the set]", HelpName = "LIST" };
        var severity = new Option<string>("--severity") { Description = "Severities such as 3, 1,3,5 or 1..5. [default: the exact parameters of paper14; other sets need one]", HelpName = "LIST" };
        var layout = new Option<string>("--layout") { Description = "pair: a folder with data.npy and label.npy for each kind and severity; cifar-c: KIND.npy with the severities one after the other, and labels.npy. [default: pair]", HelpName = "NAME" };
        layout.AcceptOnlyFromAmong(CorruptionJob.PairLayout, CorruptionJob.CifarLayout);
        var textures = new Option<string>("--frost-textures") { Description = "Folder of PNG or JPEG photographs for frost. [default: procedural textures]", HelpName = "DIR" };
        var reading = new ReadingSwitches();
        var (seed, limit, workers) = (CommonOptions.Seed(), CommonOptions.Limit(), CommonOptions.Workers());
        var (overwrite, json) = (CommonOptions.Overwrite(), CommonOptions.Json());
        var command = new Command("corrupt", "Apply named kinds of corruption to every image of a data set.") { dataset, place, set, kinds, severity, layout, textures, seed, limit, workers, overwrite, json };
        foreach (var option in reading.All)
            command.Options.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var corruptions = Choose(
                parsed.GetValue(set), parsed.GetValue(kinds), parsed.GetValue(severity), new CorruptionOptions { FrostTextureFolder = parsed.GetValue(textures) });
            var output = new FolderStore(parsed.GetValue(place)!);
            Overlap.Refuse(output.Location, [parsed.GetValue(dataset), parsed.GetValue(textures)]);
            using var located = await JobDataset.OpenAsync(parsed.GetValue(dataset)!, reading.Read(parsed), cancellationToken);
            var job = new CorruptionJob
            {
                Dataset = located.Set,
                Corruptions = corruptions,
                Layout = parsed.GetValue(layout) ?? CorruptionJob.PairLayout,
                Seed = parsed.GetValue(seed),
                Limit = parsed.GetValue(limit),
                Workers = parsed.GetValue(workers) ?? Environment.ProcessorCount,
            };
            job.RequireFit();
            var claim = new OutputClaim("corrupt", await job.IdentityAsync(located, parsed.GetValue(textures), cancellationToken), job.Files) { Overwrite = parsed.GetValue(overwrite) };
            var written = await OutputPlace.WriteAsync(output, claim, token => job.RunAsync(output, Messages.Terminal, token), cancellationToken);
            return Messages.Result(parsed.GetValue(json), new { files = written }, $"{written.Count} corruptions written to {parsed.GetValue(place)}");
        });
        return command;
    }

    /// <summary>The corruptions that the options name, kind by kind and severity by severity.</summary>
    private static IReadOnlyList<Corruption> Choose(string? set, string? kinds, string? severities, CorruptionOptions options) =>
    [
        .. Severities(severities)
            .SelectMany(severity => CorruptionCatalog.Select(kinds ?? set ?? CorruptionCatalog.Paper14, set, severity, options))
            .GroupBy(corruption => corruption.Name)
            .SelectMany(kind => kind),
    ];

    private static IEnumerable<int> Severities(string? text)
    {
        if (text is null)
            return [0];
        if (text.Split("..") is not [var first, var last])
            return [.. OptionText.List(text, "--severity").Select(Number)];
        return Number(first) <= Number(last) ? Enumerable.Range(Number(first), Number(last) - Number(first) + 1) : throw Unreadable();

        int Number(string word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Unreadable();
        InputException Unreadable() => new($"--severity {text}: expected numbers such as 3, 1,3,5 or 1..5.");
    }
}
