using System.Text.Json;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Documents.Report;

/// <summary>What the report shows of <c>score.json</c>: its rows. The rest of that file is none of the report's business.</summary>
/// <param name="Measure">Which figure the score is: <c>paper</c> (R) or <c>competition</c> (all images pooled).</param>
/// <param name="TestCount">Images in each part of the test sets.</param>
/// <param name="Rows">One for each training set and network, then the means.</param>
internal sealed record ScoreTable(string Measure, int TestCount, IReadOnlyList<ScoreTableRow> Rows)
{
    private static readonly JsonSerializerOptions Lenient = new(JsonSerializerDefaults.Web);

    /// <summary>Reads a score; null where it is none or has no rows.</summary>
    /// <param name="json">Content of a <c>score.json</c>.</param>
    public static ScoreTable? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<ScoreTable>(json, Lenient) is { Rows.Count: > 0, Measure: not null } table && table.Rows.All(IsWhole) ? table : null;
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

    private static bool IsWhole(ScoreTableRow? row) => row is { Arm: not null, Ori: not null, Adv: not null, Cor: not null, Score: not null };
}

/// <summary>A row: percent classified right, means over seeds with half-widths of their 95 % intervals.</summary>
/// <param name="Arm">The training set.</param>
/// <param name="Architecture">The network; null for the mean over networks.</param>
/// <param name="Ori">Clean images.</param>
/// <param name="Adv">Attacked images.</param>
/// <param name="Cor">Corrupted images.</param>
/// <param name="Score">R, or the pooled accuracy.</param>
/// <param name="Gain">Score less the baseline's; null for the baseline.</param>
internal sealed record ScoreTableRow(
    string Arm, string? Architecture, ScoreFigure Ori, ScoreFigure Adv, ScoreFigure Cor, ScoreFigure Score, ScoreFigure? Gain);

/// <summary>A mean of percent.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="HalfWidth">Half the width of its 95 % interval; null for one seed.</param>
internal sealed record ScoreFigure(double Mean, double? HalfWidth);
