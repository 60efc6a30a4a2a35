using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Training;

namespace DataCentric.Pipeline.Starts;

/// <summary>
/// Looks up what a request names elsewhere (networks, models, test sets) before the run starts: else a wrong name shows when workers have
/// been started and networks trained. Nothing of it is read.
/// </summary>
/// <param name="datasets">Where data sets and test sets are uploaded to.</param>
/// <param name="models">The model store.</param>
internal sealed class NamesCheck(StoredDatasets datasets, IDataStore models)
{
    // Each is one request to the store; no ensemble has so many.
    private const int MostModels = 50;

    /// <summary>What names nothing, a sentence each.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public async Task<IReadOnlyList<string>> ProblemsAsync(EnhancementRequest request, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        AddNetworks("architectures", request.HasModels ? [] : request.Surrogates.Architectures, problems);
        AddNetworks("score.architectures", request.Score is { Init: null } untrained ? untrained.Architectures ?? [] : [], problems);
        foreach (var name in (request.SurrogateModels ?? []).Where(ImportedModel.IsName).Take(MostModels))
            await AddAsync("surrogateModels", models, name, $"model '{name}'", problems, cancellationToken);
        foreach (var name in (request.SurrogateInit ?? []).Where(ImportedModel.IsName).Take(MostModels))
            await AddAsync("surrogateInit", models, name, $"model '{name}'", problems, cancellationToken);
        foreach (var name in (request.Score?.Init ?? []).Where(ImportedModel.IsName).Take(MostModels))
            await AddAsync("score.init", models, name, $"model '{name}'", problems, cancellationToken);
        if (request.HeldOut is { } heldOut)
            await AddAsync("heldOut", models, heldOut, $"model '{heldOut}'", problems, cancellationToken);
        if (request.Score is { Test.Length: > 0 } score)
            await AddAsync("score.test", datasets.Store, $"{score.Test}/{TestSetFiles.Record}", $"finished test sets '{score.Test}'", problems, cancellationToken);
        return problems;
    }

    private static void AddNetworks(string option, IReadOnlyList<string> names, List<string> problems)
    {
        if (KnownNetworks.Problem(names.Where(name => !string.IsNullOrWhiteSpace(name)), TrainableNetworks.All) is { } problem)
            problems.Add($"{option}: {problem}");
    }

    private static async Task AddAsync(
        string option, IDataStore store, string name, string what, List<string> problems, CancellationToken cancellationToken)
    {
        try
        {
            if (await store.FindAsync(name, cancellationToken) is null)
                problems.Add($"{option}: {store.Location} holds no {what}.");
        }
        catch (InputException exception)
        {
            problems.Add($"{option}: {exception.Message}");
        }
    }
}
