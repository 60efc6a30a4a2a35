using System.CommandLine;
using System.Globalization;
using DataCentric.Cli.Terminal;
using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Pictures;
using Spectre.Console;

namespace DataCentric.Cli.Commands;

/// <summary><c>inspect</c>: what a data set is.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var dataset = new Argument<string>("DATASET") { Description = "File or folder of the data set." };
        var sheet = new Option<string>("--sheet") { Description = "Draw a few images of each class into this PNG file.", HelpName = "FILE" };
        var json = CommonOptions.Json();
        var command = new Command("inspect", "Say what a data set is: format, counts, class balance, channel statistics, exact duplicates.") { dataset, sheet, json };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetValue(dataset)!, parsed.GetValue(sheet), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string dataset, string? sheet, bool json, CancellationToken cancellationToken)
    {
        using var reader = ImageSource.Open(dataset);
        var info = reader.Info;
        var samples = new ClassSamples(info.Classes, info.Shape, DataSetSheet.ImagesPerClass(info.Shape));
        var inspection = DataSetInspector.Inspect(reader, sheet is null ? null : samples.Add, cancellationToken);
        if (json)
            Messages.Json(inspection);
        else
            Messages.Table(Describe(dataset, inspection));
        if (sheet is not null)
            await File.WriteAllBytesAsync(sheet, samples.Draw(Path.GetFileName(Path.GetFullPath(dataset)), $"{inspection.Count} images of {info.Shape}"), cancellationToken);
        return CommandLine.Done;
    }

    private static Table Describe(string dataset, DataSetInspection set)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("", "").HideHeaders();
        Row("Data set", dataset);
        Row("Format", set.Format);
        Row("Images", string.Create(CultureInfo.InvariantCulture, $"{set.Count:N0} of {set.Height}x{set.Width}, RGB"));
        Row("Labels", set.HasSoftLabels ? "class probabilities" : "class indexes");
        Row("Classes", string.Join(", ", set.Classes.Select(entry => $"{entry.Name} {entry.Count}")));
        Row("Channel means", Levels(set.ChannelMeans));
        Row("Channel deviations", Levels(set.ChannelDeviations));
        Row("One-colour images", $"{set.ConstantImages}");
        Row("Exact duplicates", $"{set.Duplicates.Images} images repeat {set.Duplicates.Groups} others; {set.Duplicates.OtherLabels} of them under another label");
        foreach (var example in set.Duplicates.Examples)
            Row("", $"{example.Image} = {example.Repeats}{(example.SameLabel ? "" : ", another label")}");
        return table;

        void Row(string name, string value) => table.AddRow(Markup.Escape(name), Markup.Escape(value));
    }

    private static string Levels(IEnumerable<double> values) => string.Join(", ", values.Select(value => value.ToString("F2", CultureInfo.InvariantCulture)));
}
