using DataCentric.Pipeline.Documents.Card;
using DataCentric.Pipeline.Documents.Croissant;
using DataCentric.Pipeline.Documents.Report;

namespace DataCentric.Pipeline.Results;

/// <summary>Writes the texts about a set, all from its run record: report, dataset card and Croissant description.</summary>
internal static class ResultDocuments
{
    /// <summary>Writes all, each whole or not at all.</summary>
    /// <param name="store">Holds the set.</param>
    /// <param name="run">Its record.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <returns>The record with the documents and their hashes among its files; it is still to be written.</returns>
    public static async Task<RunRecord> WriteAsync(IDataStore store, RunRecord run, CancellationToken cancellationToken)
    {
        StoredFile[] files = [.. run.Files.Where(file => !ResultFiles.Documents.Contains(file.Name))];
        run = run with { Files = files };
        var croissant = JsonSerializer.SerializeToUtf8Bytes(CroissantDocument.Create(run, files), PipelineJson.Indented);
        return run with
        {
            Files =
            [
                .. files,
                await WriteAsync(ResultFiles.Report, Encoding.UTF8.GetBytes(ReportPage.Render(await ReportContent.ReadAsync(store, run, cancellationToken)))),
                await WriteAsync(ResultFiles.Card, Encoding.UTF8.GetBytes(DatasetCard.Create(run))),
                await WriteAsync(ResultFiles.Croissant, croissant),
            ],
        };

        Task<StoredFile> WriteAsync(string name, byte[] content) => store.WriteHashedAsync(name, content, cancellationToken);
    }
}
