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
        var json = CommonOptions.Json();
        var command = new Command("inspect", "Say what a data set is: format, counts, class balance, channel statistics, exact and near duplicates, broken files.") { dataset, against, sheet, json };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetValue(dataset)!, parsed.GetValue(against), parsed.GetValue(sheet), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string dataset, string? against, string? sheet, bool json, CancellationToken cancellationToken)
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
            await File.WriteAllBytesAsync(sheet, samples.Draw(Path.GetFileName(located.Path.TrimEnd('/')), $"{inspection.Count} images of {info.Shape}"), cancellationToken);
        return code;
    }
}
