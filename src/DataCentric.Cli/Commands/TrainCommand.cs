using DataCentric.Adversarial;
using DataCentric.Cli.Composition;
using DataCentric.Imaging.Formats;

namespace DataCentric.Cli.Commands;

/// <summary><c>train</c>: one network on one data set.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var dataset = CommonOptions.Dataset("The data set to train on.");
        var output = CommonOptions.ModelOut();
        var architecture = CommonOptions.Architecture();
        var training = new TrainingSwitches();
        var limit = CommonOptions.Limit();
        var seed = CommonOptions.Seed();
        var device = CommonOptions.Device();
        var json = CommonOptions.Json();
        var command = new Command("train", "Train a network, for --held-out of enhance or for your own use. Stopped, the same command goes on from the last epoch.") { dataset, output, architecture, limit, seed, device, json };
        foreach (var option in training.All)
            command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(dataset)!,
            parsed.GetValue(output)!,
            training.Read(parsed, parsed.GetValue(architecture)!),
            parsed.GetValue(limit),
            parsed.GetValue(seed),
            CommonOptions.Adversary(parsed.GetValue(device)),
            parsed.GetValue(json),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string dataset, string output, SurrogateOptions options, int? limit, ulong seed, TorchAdversary adversary, bool json, CancellationToken cancellationToken)
    {
        using var located = await JobDataset.OpenAsync(dataset, cancellationToken);
        using var reader = ImageSource.Open(located.Path);
        var images = reader.ReadSelected(Planner.Select(seed, reader.Info.Count, limit), "Take so many by --limit.");
        var path = Path.GetFullPath(output);
        var (folder, file) = (new FolderStore(Path.GetDirectoryName(path)!), Path.GetFileName(path));
        var checkpoint = new StoredCheckpoint(folder, $"{file}.checkpoint", cancellationToken);
        var training = new TrainingRequest(options.Architectures[0], images, reader.Info.Classes.Count, seed, options) { Checkpoint = checkpoint };
        var result = default(TrainingResult);
        await folder.WriteAsync(file, Train, cancellationToken);
        await checkpoint.DeleteAsync();
        return Messages.Result(json, result, string.Create(
            CultureInfo.InvariantCulture, $"{output}: {result!.Parameters} parameters, loss {result.Loss:F3}, accuracy on augmented training images {100 * result.Accuracy:F1} %"));

        Task Train(Stream stream, CancellationToken token)
        {
            result = adversary.Train(training, stream, new EpochLines(Messages.Terminal, images.Count, TimeProvider.System), token);
            return Task.CompletedTask;
        }
    }
}
