using DataCentric.Adversarial.Exchange;
using DataCentric.Cli.Composition;

namespace DataCentric.Cli.Commands;

/// <summary><c>export</c>: the weights of a model file for other programs.</summary>
internal static class ExportCommand
{
    private const string Extension = ".npz";

    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Model file, as written by train or import.", Required = true, HelpName = "MODEL" };
        var output = new Option<string>("--out", "-o") { Description = "NumPy archive (.npz) to write, named as PyTorch's state dict.", Required = true, HelpName = "FILE" };
        var (overwrite, json) = (CommonOptions.Overwrite(), CommonOptions.Json());
        var command = new Command("export", "Write the weights of a model file as npz. PyTorch opens the model file itself, too: it is safetensors.") { model, output, overwrite, json };
        output.Validators.Add(result =>
        {
            if (result.Tokens is [var file] && !file.Value.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
                result.AddError($"--out {file.Value}: expected a name that ends in {Extension}.");
        });
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetValue(model)!, parsed.GetValue(output)!, parsed.GetValue(overwrite), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string model, string output, bool overwrite, bool json, CancellationToken cancellationToken)
    {
        var content = await UserFiles.ConvertAsync(
            model, "--model", output, overwrite, (source, stream) => ModelExchange.Export(source, model, stream), cancellationToken);
        return Messages.Result(
            json,
            content,
            $"{output}: {content.Architecture}, {content.ClassCount} classes, images of {content.Shape}, mean {Numbers(content.Mean)}, standard deviation {Numbers(content.Deviation)}");
    }

    private static string Numbers(IEnumerable<float> values) => string.Join(",", values.Select(value => value.ToString("g4", CultureInfo.InvariantCulture)));
}
