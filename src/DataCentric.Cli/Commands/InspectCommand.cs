using DataCentric.Cli.Composition;
using DataCentric.Imaging.Inspection;
using DataCentric.Imaging.Pictures;
using DataCentric.Imaging.Reading;

namespace DataCentric.Cli.Commands;

/// <summary><c>inspect</c>: what a data set is.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var dataset = new Argument<string>("DATASET") { Description = "The data set: file, folder, archive, or blobs by address." };
        var against = new Option<string>("--against") { Description = "Another data set, such as the training set of a test set: what both have in common. [default: none]", HelpName = "DATASET" };
        var sheet = new Option<string>("--sheet") { Description = "Draw a few images of each class into this PNG file. [default: none]", HelpName = "FILE" };
        var near = new Option<bool>("--near") { Description = $"Look for near duplicates among more than {DataSetInspector.FewToCompare} images, too, up to 200000; may take hours." };
        var reading = new ReadingSwitches();
        var (overwrite, json) = (CommonOptions.Overwrite(), CommonOptions.Json());
        var command = new Command("inspect", "Say what a data set is: format, counts, class balance, channel statistics, exact and near duplicates, broken files.") { dataset, against, sheet, near, overwrite, json };
        foreach (var option in reading.All)
            command.Options.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (set, other) = (parsed.GetValue(dataset)!, parsed.GetValue(against));
            if (parsed.GetValue(sheet) is not { } picture)
                return await RunAsync(set, other, reading.Read(parsed), parsed.GetValue(near), null, parsed.GetValue(json), cancellationToken);
            await using var file = await OutputFile.TakeAsync("--sheet", picture, [set, other], parsed.GetValue(overwrite), ClassSamples.IsDrawn, cancellationToken);
            return await RunAsync(set, other, reading.Read(parsed), parsed.GetValue(near), file, parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(string dataset, string? against, ReadingOptions reading, bool near, OutputFile? sheet, bool json, CancellationToken cancellationToken)
    {
        using var located = await JobDataset.OpenAsync(dataset, reading, cancellationToken);
        using var reader = located.OpenReader();
        using var otherLocated = against is null ? null : await JobDataset.OpenAsync(against, reading with { Part = null }, cancellationToken);
        using var other = otherLocated is null ? null : otherLocated.OpenReader();
        var info = reader.Info;
        var samples = new ClassSamples(info.Classes, info.Shape, DataSetSheet.ImagesPerClass(info.Shape));
        var inspection = DataSetInspector.Inspect(reader, sheet is null ? null : samples.Add, other, near, new ProgressLines(), cancellationToken);
        Messages.Warnings(inspection.Remarks);
        var code = Messages.Result(json, inspection, () => InspectionTable.Show(dataset, inspection, against));
        if (sheet is not null)
            await sheet.WriteAsync(samples.Draw(Path.GetFileName(located.Path.TrimEnd('/')), $"{inspection.Count} images of {info.Shape}"), cancellationToken);
        return code;
    }

    /// <summary>Lines for sets that take a while.</summary>
    private sealed class ProgressLines : IProgress<InspectionProgress>
    {
        private readonly ActivityLines _lines = new(Messages.Terminal, TimeProvider.System, isQuiet: true);

        public void Report(InspectionProgress value) => _lines.Report(new ActivityProgress(value.Work, value.Done, value.Total, "images"));
    }
}
