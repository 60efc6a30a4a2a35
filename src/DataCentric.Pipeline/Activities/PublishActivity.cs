using System.Runtime.InteropServices;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Activities;

/// <summary>
/// Draws the contact sheet, writes the run record, which makes the result a finished one, and then clears what only the run needed:
/// canonical input and shards.
/// </summary>
/// <param name="stores">Where the run and the result lie.</param>
public sealed class PublishActivity(PipelineStores stores) : IActivity<PublishInput, EnhancementSummary>
{
    /// <inheritdoc/>
    public async Task<EnhancementSummary> RunAsync(PublishInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (request, set) = (input.FanIn.Request, input.FanIn.Set);
        var layout = new RunLayout(request.RunId);
        var result = stores.Result(request);
        var ingested = await stores.Work.TryReadSealedAsync<InputRecord>(layout.InputRecord, PipelineJson.Indented, cancellationToken)
            ?? throw new InvalidDataException($"{stores.Work.Location}: {layout.InputRecord} is missing; start the run again.");
        var statistics = await ManifestStatistics.ReadAsync(result, input.FanIn.Request.HeldOut is not null, cancellationToken);
        var picture = await ContactSheetWriter.WriteAsync(stores, request, set, ingested, statistics, cancellationToken);
        var record = new RunRecord
        {
            Request = request,
            Input = set,
            InputFormat = ingested.Format,
            Available = ingested.Available,
            Classes = ingested.Classes,
            Plan = input.FanIn.Plan,
            Kinds = statistics.Kinds,
            Surrogates = input.FanIn.Surrogates,
            Attack = statistics.Attack,
            Selection = statistics.Selection,
            Files = [.. input.Assembled.Files, picture],
            Timings = input.Timings,
            Versions = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["datacentric"] = typeof(PublishActivity).Assembly.GetName().Version!.ToString(3),
                ["dotnet"] = Environment.Version.ToString(),
                ["system"] = $"{RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}",
                ["device"] = input.Device,
            },
        };
        await result.WriteJsonAsync(ResultFiles.Run, record, PipelineJson.Indented, cancellationToken);
        await RunCleaner.ClearAsync(stores.Work, layout, cancellationToken);
        return record.ToSummary(result.Location);
    }
}
