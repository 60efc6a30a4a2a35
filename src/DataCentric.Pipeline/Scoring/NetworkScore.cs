using DataCentric.Pipeline.Scoring.Training;

namespace DataCentric.Pipeline.Scoring;

/// <summary>Score of one network.</summary>
/// <param name="Arm">Name of the training set.</param>
/// <param name="Seed">Seed of the training; of brought networks the number among those of its arm and architecture, from 1.</param>
/// <param name="Model">The network.</param>
/// <param name="Accuracies">Percent of each part that it classifies right.</param>
/// <param name="Attacks">Percent of P_adv, by attack.</param>
/// <param name="Kinds">Percent of P_cor, by kind of corruption.</param>
public sealed record NetworkScore(
    string Arm,
    ulong Seed,
    TrainedModel Model,
    PartAccuracies Accuracies,
    IReadOnlyDictionary<string, double> Attacks,
    IReadOnlyDictionary<string, double> Kinds);
