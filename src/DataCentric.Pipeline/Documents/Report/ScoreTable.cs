namespace DataCentric.Pipeline.Documents.Report;

/// <summary>What the report shows of <c>score.json</c>: its rows and groups. The rest of that file is none of the report's business.</summary>
/// <param name="Measure">Which figure the score is: <c>paper</c> (R) or <c>competition</c> (all images pooled).</param>
/// <param name="TestCount">Images in each part of the test sets.</param>
/// <param name="Rows">One for each training set and network, then the means.</param>
/// <param name="Groups">One for each attack and kind of corruption; null or empty in scores of earlier versions.</param>
/// <param name="Strength">How strong the attacked test images are; null where it was not measured.</param>
internal sealed record ScoreTable(
    string Measure, int TestCount, IReadOnlyList<ScoreRow> Rows, IReadOnlyList<ScoreGroup>? Groups = null, AttackStrength? Strength = null)
{
    private static readonly JsonSerializerOptions Lenient = new(JsonSerializerDefaults.Web);

    /// <summary>Reads a score; null where it is none or has no rows.</summary>
    /// <param name="json">Content of a <c>score.json</c>.</param>
    public static ScoreTable? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<ScoreTable>(json, Lenient) is { Rows.Count: > 0, Measure: not null } table && table.Rows.All(IsWhole) && (table.Groups ?? []).All(IsWhole) && table.Strength is null or { Attackers: not null } ? table : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The score beside a set; null where there is none.</summary>
    /// <param name="store">Holds the set.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<ScoreTable?> FindAsync(IDataStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(ResultFiles.Score, cancellationToken) is null ? null : Read(await store.ReadAllBytesAsync(ResultFiles.Score, cancellationToken));

    private static bool IsWhole(ScoreRow? row) => row is { Variant: not null, Ori: not null, Adv: not null, Cor: not null, Score: not null };

    private static bool IsWhole(ScoreGroup? group) => group is { Name: not null, Means: not null };
}
