using System.CommandLine;
using System.Globalization;
using DataCentric.Adversarial;
using DataCentric.Attacks;
using DataCentric.Cli.Terminal;
using DataCentric.Imaging.Formats;
using DataCentric.Pipeline.Planning;
using DataCentric.Pipeline.Storage;
using Spectre.Console;

namespace DataCentric.Cli.Commands;

/// <summary><c>train</c>: one network on one data set.</summary>
internal static class TrainCommand
{
    private static readonly SurrogateOptions Defaults = new() { MinimumSteps = AttackProfiles.Compact.Surrogates.MinimumSteps };

    public static Command Create()
    {
        var dataset = CommonOptions.Dataset("The data set to train on.");
        var output = CommonOptions.ModelOut();
        var architecture = CommonOptions.Architecture();
        var epochs = CommonOptions.Positive("--epochs", $"Passes over the data. [default: {Defaults.Epochs}, or more on a small set]");
        var limit = CommonOptions.Limit();
        var seed = CommonOptions.Seed();
        var device = CommonOptions.Device();
        var json = CommonOptions.Json();
        var command = new Command("train", "Train a network, for --held-out of enhance or for your own use. Stopped, the same command goes on from the last epoch.") { dataset, output, architecture, epochs, limit, seed, device, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var options = Defaults with { Architectures = [parsed.GetValue(architecture)!] };
            if (parsed.GetValue(epochs) is { } passes)
                options = options with { Epochs = passes, MinimumSteps = 0 };
            return RunAsync(parsed.GetValue(dataset)!, parsed.GetValue(output)!, options, parsed.GetValue(limit), parsed.GetValue(seed), CommonOptions.Adversary(parsed.GetValue(device)), parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        string dataset, string output, SurrogateOptions options, int? limit, ulong seed, TorchAdversary adversary, bool json, CancellationToken cancellationToken)
    {
        using var reader = ImageSource.Open(dataset);
        var images = reader.ReadSelected(Planner.Select(seed, reader.Info.Count, limit));
        var path = Path.GetFullPath(output);
        var (folder, file) = (new FolderStore(Path.GetDirectoryName(path)!), Path.GetFileName(path));
        var checkpoint = new StoredCheckpoint(folder, $"{file}.checkpoint", cancellationToken);
        var training = new TrainingRequest(options.Architectures[0], images, reader.Info.Classes.Count, seed, options) { Checkpoint = checkpoint };
        var result = default(TrainingResult);
        await folder.WriteAsync(file, Train, cancellationToken);
        await checkpoint.DeleteAsync();
        if (json)
            Messages.Json(result);
        else
            Messages.Terminal.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{output}: {result!.Parameters} parameters, loss {result.Loss:F3}, accuracy on augmented training images {100 * result.Accuracy:F1} %"));
        return CommandLine.Done;

        // On a thread of its own: the command line listens for Ctrl-C only after its command has returned a task.
        async Task Train(Stream stream, CancellationToken token) =>
            result = await Task.Run(() => adversary.Train(training, stream, new EpochLines(), token), token);
    }

    private sealed class EpochLines : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => Messages.Terminal.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{value.Architecture} epoch {value.Epoch}/{value.Epochs}: loss {value.Loss:F3}, accuracy {100 * value.Accuracy:F1} %"));
    }
}
