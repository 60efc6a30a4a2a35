using DataCentric.Adversarial.Exchange;
using DataCentric.Cli.Composition;
using DataCentric.Images;

namespace DataCentric.Cli.Commands;

/// <summary><c>import</c>: weights of another program to a model file.</summary>
internal static class ImportCommand
{
    private const string Published = "of an ..._imagenet network, that of torchvision's weights";

    public static Command Create()
    {
        var weights = new Option<string>("--weights")
        {
            Description = "Weights named as in PyTorch's state dict: npz, safetensors, or a PyTorch checkpoint (.pt, .pth; no code in it is run).",
            Required = true,
            HelpName = "FILE",
        };
        var architecture = CommonOptions.Architecture("recognised by the names and shapes of its tensors");
        var shape = new Option<string>("--shape") { Description = $"Height and width of the images it was trained on, such as 32x32.{CommonOptions.Default(Published + ": 224x224")}", HelpName = "HxW" };
        var mean = Channels("--mean", "Mean of red, green and blue on pixels in [0, 1] that it was trained with.");
        var deviation = Channels("--std", "Standard deviation of red, green and blue on pixels in [0, 1].");
        var output = CommonOptions.ModelOut();
        var (overwrite, json) = (CommonOptions.Overwrite(), CommonOptions.Json());
        var command = new Command("import", "Make a model file from weights that were trained elsewhere.") { weights, architecture, shape, mean, deviation, output, overwrite, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var request = new ImportRequest(
                parsed.GetValue(architecture), parsed.GetValue(shape) is { } size ? Shape(size) : null, Numbers(mean, parsed), Numbers(deviation, parsed));
            return RunAsync(request, parsed.GetValue(weights)!, parsed.GetValue(output)!, parsed.GetValue(overwrite), parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(ImportRequest request, string weights, string output, bool overwrite, bool json, CancellationToken cancellationToken)
    {
        var content = await UserFiles.ConvertAsync(
            weights, "--weights", output, overwrite, (source, stream) => ModelExchange.Import(request, source, weights, stream), cancellationToken);
        return Messages.Result(json, content, $"{output}: {content.Architecture}, {content.ClassCount} classes, {content.Parameters} parameters");
    }

    private static Option<string> Channels(string name, string description) => new(name) { Description = description + CommonOptions.Default(Published), HelpName = "R,G,B" };

    private static float[]? Numbers(Option<string> option, ParseResult parsed) =>
        parsed.GetValue(option) is { } text ? (float[])OptionText.Read(typeof(IReadOnlyList<float>), text, option.Name) : null;

    private static ImageShape Shape(string text) =>
        text.Split('x') is [var height, var width]
            && int.TryParse(height, NumberStyles.None, CultureInfo.InvariantCulture, out var h)
            && int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out var w)
            ? new ImageShape(h, w).Validated("--shape")
            : throw new InputException($"--shape: '{text}' is not height x width, such as 32x32.");
}
