using DataCentric.Cli.Composition;

namespace DataCentric.Cli.Commands;

/// <summary><c>convert</c>: further formats of a set that is there.</summary>
internal static class ConvertCommand
{
    public static Command Create()
    {
        var place = new Argument<string>("DIR") { Description = "Folder (or blob storage) of the enhanced set." };
        var formats = Completions.Of(
            new Option<string>("--formats")
            {
                Description = $"Formats to add. Any of {string.Join(", ", SetFormats.All)}, separated by commas; the npy pair is always there.",
                HelpName = "LIST",
                Required = true,
            },
            SetFormats.All,
            isList: true);
        var layout = Switches.Of<FolderLayout>();
        var json = CommonOptions.Json();
        var command = new Command("convert", "Write an enhanced set in further formats, each in a folder of its own beside data.npy.") { place, formats };
        foreach (var option in layout.All.Append(json))
            command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(place)!,
            OptionText.List(parsed.GetValue(formats)!, formats.Name),
            (FolderLayout)layout.Apply<object>(parsed, default(FolderLayout)),
            parsed.GetValue(json),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string place, IReadOnlyList<string> formats, FolderLayout layout, bool json, CancellationToken cancellationToken)
    {
        var set = await OutputPlace.ChangeAsync(
            DataStores.Open(place), (opened, token) => opened.AddFormatsAsync(formats, layout, new NullActivityObserver(), token), cancellationToken);
        var written = formats.Where(format => format != SetFormats.Npy).Distinct().ToDictionary(
            format => format, format => set.Run.Files.Where(file => file.Name.StartsWith(SetFormats.Prefix(format), StringComparison.Ordinal)).ToArray());
        return Messages.Result(json, new { formats = written }, () =>
        {
            foreach (var (format, files) in written)
                Messages.Terminal.WriteLine($"{format}: {string.Join(", ", files.Select(file => file.Name))}");
        });
    }
}
