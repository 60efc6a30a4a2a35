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
            var datasets = DataStores.Open(parsed.GetValue(account)!, StoredDatasets.Container);
            var sent = await SendAsync(upload, parsed.GetValue(dataset)!, datasets, parsed.GetValue(overwrite), cancellationToken);
            return Messages.Result(
                parsed.GetValue(json),
                new { dataset = upload.Name, datasets.Location, files = sent.Select(item => new { item.Name, item.Length }) },
                () => Messages.Hint($"{(upload.Options is null ? "Test sets" : "Data set")} '{upload.Name}' {(upload.Options is null ? "are" : "is")} in {datasets.Location}."));
        });
        return command;
    }

    /// <summary>Sends a data set, and tells of each file.</summary>
    /// <param name="upload">The data set.</param>
    /// <param name="path">Where it lies on this machine.</param>
    /// <param name="datasets">Where it goes.</param>
    /// <param name="overwrite">Whether other files of the same names are given up.</param>
    /// <param name="cancellationToken">Stops sending.</param>
    /// <returns>The files that are there now.</returns>
    public static async Task<IReadOnlyList<StoredItem>> SendAsync(DatasetUpload upload, string path, IDataStore datasets, bool overwrite, CancellationToken cancellationToken)
    {
        Overlap.Refuse($"{datasets.Location.TrimEnd('/')}/{upload.Name}", [path]);
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
        return sent;
    }
}
