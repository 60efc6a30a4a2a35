using System.Net;
using DataCentric.Pipeline.Fetching;

namespace DataCentric.Cli.Commands;

/// <summary><c>fetch</c>: a known public data set from where its authors offer it.</summary>
internal static class FetchCommand
{
    private static readonly FetchOptions Defaults = new();

    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = $"One of {string.Join(", ", KnownDataset.All.Select(known => known.Name))}." };
        Completions.AddDatasets(name);
        var output = CommonOptions.Out("Folder for the files.");
        var from = new Option<string>("--from") { Description = "Folder on the web that holds the same files. [default: the authors' own]", HelpName = "URL" };
        var stall = CommonOptions.Positive("--stall-seconds", $"Without a byte for this long, the connection is made anew. [default: {Defaults.StallTimeout.TotalSeconds}]");
        var attempts = CommonOptions.Positive("--attempts", $"Attempts in a row that bring nothing before it is given up. [default: {Defaults.FruitlessAttempts}]");
        var (overwrite, json) = (CommonOptions.Overwrite(), CommonOptions.Json());
        var command = new Command("fetch", "Download a known public data set and check it. Stopped or cut off, the same command goes on from there.") { name, output, from, stall, attempts, overwrite, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var options = Defaults with
            {
                StallTimeout = parsed.GetValue(stall) is { } seconds ? TimeSpan.FromSeconds(seconds) : Defaults.StallTimeout,
                FruitlessAttempts = parsed.GetValue(attempts) ?? Defaults.FruitlessAttempts,
                Overwrite = parsed.GetValue(overwrite),
            };
            return RunAsync(KnownDataset.Find(parsed.GetValue(name)!), Address(parsed.GetValue(from)), parsed.GetValue(output)!, options, parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        KnownDataset dataset, Uri? address, string output, FetchOptions options, bool json, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, ConnectTimeout = options.StallTimeout };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var fetcher = new DatasetFetcher(client, options, TimeProvider.System, new FetchLines(Messages.Terminal, TimeProvider.System));
        var files = await fetcher.FetchAsync(dataset, address, output, cancellationToken);
        var opens = Path.Combine(output, dataset.Opens);
        return Messages.Result(
            json,
            new { dataset.Name, dataset.Title, dataset.Licence, dataset = opens, files },
            $"{dataset.Title}: {files.Count} files, all as published; licence: {dataset.Licence}. Use it as --dataset {opens}");
    }

    private static Uri? Address(string? from)
    {
        if (from is null)
            return null;
        return Uri.TryCreate(from.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new InputException($"--from {from}: expected an http or https address.");
    }
}
