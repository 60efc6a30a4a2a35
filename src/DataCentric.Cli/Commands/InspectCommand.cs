using DataCentric.Cli.Composition;
using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Inspection;
using DataCentric.Imaging.Pictures;

namespace DataCentric.Cli.Commands;

/// <summary><c>inspect</c>: what a data set is.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var dataset = new Argument<string>("DATASET") { Description = "The data set: file, folder, archive, or blobs by address." };
        var against = new Option<string>("--against") { Description = "Another data set, such as the training set of a test set: what both have in common.", HelpName = "DATASET" };
        var sheet = new Option<string>("--sheet") { Description = "Draw a few images of each class into this PNG file.", HelpName = "FILE" };
        var (overwrite, json) = (CommonOptions.Overwrite(), CommonOptions.Json());
        var command = new Command("inspect", "Say what a data set is: format, counts, class balance, channel statistics, exact and near duplicates, broken files.") { dataset, against, sheet, overwrite, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (set, other) = (parsed.GetValue(dataset)!, parsed.GetValue(against));
            if (parsed.GetValue(sheet) is not { } picture)
                return await RunAsync(set, other, null, parsed.GetValue(json), cancellationToken);
            await using var file = await OutputFile.TakeAsync("--sheet", picture, [set, other], parsed.GetValue(overwrite), ClassSamples.IsDrawn, cancellationToken);
            return await RunAsync(set, other, file, parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(string dataset, string? against, OutputFile? sheet, bool json, CancellationToken cancellationToken)
    {
        using var located = await JobDataset.OpenAsync(dataset, cancellationToken);
        using var reader = ImageSource.Open(located.Path);
        using var otherLocated = against is null ? null : await JobDataset.OpenAsync(against, cancellationToken);
        using var other = otherLocated is null ? null : ImageSource.Open(otherLocated.Path);
        var info = reader.Info;
        var samples = new ClassSamples(info.Classes, info.Shape, DataSetSheet.ImagesPerClass(info.Shape));
        var inspection = DataSetInspector.Inspect(reader, sheet is null ? null : samples.Add, other, cancellationToken);
        Messages.Warnings(inspection.Remarks);
        var code = Messages.Result(json, inspection, () => InspectionTable.Show(dataset, inspection, against));
        if (sheet is not null)
            await sheet.WriteAsync(samples.Draw(Path.GetFileName(located.Path.TrimEnd('/')), $"{inspection.Count} images of {info.Shape}"), cancellationToken);
        return code;
    }
}
