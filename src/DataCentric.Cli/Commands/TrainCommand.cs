using DataCentric.Adversarial.Exchange;
using DataCentric.Adversarial.Isolation;
using DataCentric.Cli.Composition;
using DataCentric.Imaging.Reading;

namespace DataCentric.Cli.Commands;

/// <summary><c>train</c>: one network on one data set.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var dataset = CommonOptions.Dataset("The data set to train on.");
        var output = CommonOptions.ModelOut();
        var architecture = CommonOptions.Architecture("that of --init");
        var init = new Option<string>("--init")
        {
            Description = "Model file that training begins with (fine-tuning), for any classes and image size: its weights but for the last layer, its mean "
                + "and standard deviation. Without --preset its epochs, batch and learning rate are 3, 16 and 0.005 by default. [default: none: an untrained network]",
            HelpName = "MODEL",
        };
        var training = new TrainingSwitches();
        var reading = new ReadingSwitches();
        var limit = CommonOptions.Limit();
        var seed = CommonOptions.Seed();
        var device = CommonOptions.Device();
        var (overwrite, json) = (CommonOptions.Overwrite(), CommonOptions.Json());
        var command = new Command("train", "Train a network, for --held-out of enhance or for your own use. Stopped, the same command goes on from the last epoch.") { dataset, output, architecture, init, limit, seed, device, overwrite, json };
        foreach (var option in training.All.Concat(reading.All))
            command.Options.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(architecture) is null && parsed.GetValue(init) is null)
                throw new InputException("Option '--arch' is required where there is no --init.");
            await using var model = await OutputFile.TakeAsync(
                "--out", parsed.GetValue(output)!, [parsed.GetValue(dataset), parsed.GetValue(init)], parsed.GetValue(overwrite), ModelExchange.IsModel, cancellationToken);
            using var adversary = CommonOptions.Adversary(parsed.GetValue(device));
            var initial = parsed.GetValue(init) is { } file ? await UserFiles.ReadAsync(file, "--init", path => File.ReadAllBytesAsync(path, cancellationToken)) : null;
            var name = parsed.GetValue(architecture) ?? adversary.Inspect(new MemoryStream(initial!), $"Model {parsed.GetValue(init)}").Architecture;
            return await RunAsync(
                parsed.GetValue(dataset)!,
                reading.Read(parsed),
                model,
                training.Read(parsed, name, initial is not null),
                initial,
                parsed.GetValue(limit),
                parsed.GetValue(seed),
                adversary,
                parsed.GetValue(json),
                cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        string dataset, ReadingOptions reading, OutputFile output, SurrogateOptions options, byte[]? initial, int? limit, ulong seed, IsolatedAdversary adversary, bool json, CancellationToken cancellationToken)
    {
        using var located = await JobDataset.OpenAsync(dataset, reading, cancellationToken);
        using var reader = located.OpenReader();
        using var set = TrainingSet.Read(reader, [.. Planner.Select(seed, reader.Info.Count, limit)], output.Folder.Location);
        var images = set.Images;
        Messages.Warnings(reader.Remarks);
        var checkpoint = new StoredCheckpoint(output.Folder, $"{output.Name}.checkpoint", cancellationToken);
        if (!output.MayOverwrite && await output.Folder.FindAsync(checkpoint.Name, cancellationToken) is not null && checkpoint.OpenRead() is null)
            throw new InputException($"{output.Path}.checkpoint is there already and is no checkpoint of this command. Choose another name, or say --overwrite.");
        var training = new TrainingRequest(options.Architectures[0], images, reader.Info.Classes.Count, seed, options) { Checkpoint = checkpoint, Initial = initial };
        var result = default(TrainingResult);
        await output.Folder.WriteAsync(output.Name, Train, cancellationToken);
        await checkpoint.DeleteAsync();
        return Messages.Result(json, result, string.Create(
            CultureInfo.InvariantCulture, $"{output.Path}: {result!.Parameters} parameters, loss {result.Loss:F3}, accuracy on augmented training images {100 * result.Accuracy:F1} %"));

        Task Train(Stream stream, CancellationToken token)
        {
            result = adversary.Train(training, stream, new EpochLines(Messages.Terminal, images.Count, TimeProvider.System), token);
            return Task.CompletedTask;
        }
    }
}
