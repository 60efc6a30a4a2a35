using System.Text.Json.Nodes;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Training;

namespace DataCentric.Pipeline.Results;

/// <summary>
/// Adds up the manifest again and compares with the run record; and where chance chose, draws again who was to become what. Holds 5 bytes
/// for each sample.
/// </summary>
/// <param name="store">Holds the set.</param>
/// <param name="run">Its run record.</param>
internal sealed class ManifestRecount(IDataStore store, RunRecord run)
{
    /// <summary>Reads the manifest twice; its lines must be those of the set.</summary>
    /// <param name="breaches">Receives what differs.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task CheckAsync(BreachList breaches, CancellationToken cancellationToken)
    {
        var counted = await ManifestStatistics.ReadAsync(store, run.Input, run.Request.HeldOut is not null, cancellationToken);
        PlanSummary plan = new(CountOf(SampleRole.Clean), CountOf(SampleRole.Adversarial), CountOf(SampleRole.Corrupted));
        Compare("plan", run.Plan, plan);
        Compare("kinds", run.Kinds, counted.Kinds);
        Compare("attack", run.Attack, counted.Attack);
        Compare("selection", run.Selection, counted.Selection);
        if (run.Statistics is not null)
        {
            Compare("statistics.groups", run.Statistics.Groups, counted.Set.Groups);
            Compare("statistics.fooled", run.Statistics.Fooled, counted.Set.Fooled);
        }

        await CheckPlanAsync(breaches, cancellationToken);

        int CountOf(SampleRole role) => counted.Set.Groups.Where(group => group.Role == role).Sum(group => group.Count);

        void Compare(string member, object? recorded, object? found)
        {
            if (!JsonFigures.AreSame(ToNode(recorded), ToNode(found)))
                breaches.Add($"{ResultFiles.Run}: \"{member}\" is not what {ResultFiles.Manifest} adds up to.");
        }
    }

    private async Task CheckPlanAsync(BreachList breaches, CancellationToken cancellationToken)
    {
        var request = run.Request;
        var surrogates = EnsemblePool.HashOf(run.Surrogates);
        var loss = new LossCheck(run.FailedShards ?? []);
        var draw = request.Selection == SelectionRule.Random ? new PlanDraw(request.Seed, request.Split, request.Corruptions, run.Input.Count) : null; // Scores are gone; the sizes of the roles were counted.
        var kinds = request.Corruptions.CreateMix().Corruptions;
        using var taken = Planner.Select(request.Seed, run.Available, request.Limit).GetEnumerator();
        var areTaken = true;
        await foreach (var entry in ManifestReader.ReadAllAsync(store, cancellationToken))
        {
            areTaken &= taken.MoveNext() && (ulong)taken.Current == entry.Key;
            if (entry.Attack is { } attack && attack.Surrogates != surrogates)
                breaches.Add($"Sample {entry.Index} ({entry.Source}): it was not attacked by the surrogates of {ResultFiles.Run}.");
            if (!loss.Fits(entry))
                breaches.Add($"Sample {entry.Index} ({entry.Source}): {ResultFiles.Manifest} and the failed shards of {ResultFiles.Run} disagree about what was to become of it.");
            if (draw?.Next(entry.Key) is { } code)
                CheckRole(entry, EnhancementPlan.RoleOfCode(code), code >= EnhancementPlan.FirstKindCode ? kinds[code - EnhancementPlan.FirstKindCode].Name : null, breaches);
        }

        if (!areTaken || taken.MoveNext())
            breaches.Add($"{ResultFiles.Manifest}: its source records are not those that seed and limit take.");
        if (!loss.IsComplete)
            breaches.Add($"{ResultFiles.Run}: its failed shards have samples that {ResultFiles.Manifest} has not.");
    }

    private static void CheckRole(ManifestEntry entry, SampleRole role, string? kind, BreachList breaches)
    {
        if ((entry.Intended ?? entry.Role) != role || (entry.Intended is null && entry.Kind != kind))
            breaches.Add($"Sample {entry.Index}: by seed and split it should be {kind ?? role.ToString().ToLowerInvariant()}.");
    }

    private static JsonNode? ToNode(object? value) => JsonSerializer.SerializeToNode(value, PipelineJson.Compact);
}

/// <summary>Compares figures that were added up twice; logarithms may differ in their last digit from machine to machine.</summary>
internal static class JsonFigures
{
    private const double Tolerance = 1e-9;

    public static bool AreSame(JsonNode? left, JsonNode? right) => (left, right) switch
    {
        (JsonObject one, JsonObject other) => one.Count == other.Count && one.All(member => other.TryGetPropertyValue(member.Key, out var value) && AreSame(member.Value, value)),
        (JsonArray one, JsonArray other) => one.Count == other.Count && one.Zip(other).All(pair => AreSame(pair.First, pair.Second)),
        (JsonValue one, JsonValue other) when one.GetValueKind() == JsonValueKind.Number && other.GetValueKind() == JsonValueKind.Number =>
            Math.Abs((double)one - (double)other) is var difference && difference <= Tolerance * (1 + Math.Abs((double)one)),
        _ => JsonNode.DeepEquals(left, right),
    };
}
