using DataCentric.Cli.Composition;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Starts;

namespace DataCentric.Cli.Commands;

/// <summary><c>upload</c>: a data set to where its upload starts a run on Azure Functions.</summary>
internal static class UploadCommand
{
    public static Command Create()
    {
        var dataset = CommonOptions.Dataset("The data set: a file or a folder; or a folder of test sets as written by testset, which starts no run.");
        var account = new Option<string>("--to")
        {
            Description = "The storage account: a connection string (UseDevelopmentStorage=true for Azurite), or its https address for the signed-in identity.",
            Required = true,
            HelpName = "ACCOUNT",
        };
        var name = new Option<string?>("--name") { Description = "Name of the data set there. [default: that of the file or folder]", HelpName = "NAME" };
        var options = new Option<string?>("--options") { Description = "JSON file with the switches of the run, as the HTTP start takes them. [default: the defaults]", HelpName = "FILE" };
        var (overwrite, json) = (CommonOptions.Overwrite(), CommonOptions.Json());
        var command = new Command("upload", "Upload a data set to the storage of the Azure Functions app; what is uploaded last starts the run.") { dataset, account, name, options, overwrite, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var text = parsed.GetValue(options) is { } file ? await UserFiles.ReadAsync(file, "--options", path => File.ReadAllTextAsync(path, cancellationToken)) : null;
            var upload = DatasetUpload.Of(parsed.GetValue(dataset)!, parsed.GetValue(name), text);
            Overlap.Refuse($"{DataStores.Open(parsed.GetValue(account)!, StoredDatasets.Container).Location.TrimEnd('/')}/{upload.Name}", [parsed.GetValue(dataset)]);
            return await RunAsync(
                upload, parsed.GetValue(account)!, parsed.GetValue(overwrite), parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(DatasetUpload upload, string account, bool overwrite, bool json, CancellationToken cancellationToken)
    {
        var datasets = DataStores.Open(account, StoredDatasets.Container);
        var sent = new List<StoredItem>();
        await upload.SendAsync(
            datasets,
            overwrite,
            item =>
            {
                sent.Add(item);
                Messages.Hint($"{item.Name}: {item.Length} bytes");
            },
            cancellationToken);
        return Messages.Result(
            json,
            new { dataset = upload.Name, datasets.Location, files = sent.Select(item => new { item.Name, item.Length }) },
            () => Messages.Hint($"{(upload.Options is null ? "Test sets" : "Data set")} '{upload.Name}' {(upload.Options is null ? "are" : "is")} in {datasets.Location}."));
    }
}
