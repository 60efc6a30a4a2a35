namespace DataCentric.Pipeline.Model;

/// <summary>A network in the model store.</summary>
/// <param name="Architecture">Registry name.</param>
/// <param name="Name">Name of the model file in the model store.</param>
/// <param name="Sha256">Hash of the model file.</param>
/// <param name="Parameters">Trainable parameters.</param>
/// <param name="TrainingAccuracy">Share of augmented training images classified right in the last epoch, 0 to 1; null where the network was brought.</param>
public sealed record SurrogateModel(string Architecture, string Name, string Sha256, long Parameters, double? TrainingAccuracy);

/// <summary>A network that was trained or brought.</summary>
/// <param name="Architecture">Registry name.</param>
/// <param name="Name">Name of the model file in its store, or the file that was brought.</param>
/// <param name="Sha256">Hash of the model file.</param>
/// <param name="Parameters">Trainable parameters.</param>
/// <param name="TrainingAccuracy">Share of augmented training images classified right in the last epoch, 0 to 1; null where it was brought.</param>
public sealed record TrainedModel(string Architecture, string Name, string Sha256, long Parameters, double? TrainingAccuracy)
{
    /// <summary>Hash of everything its weights depend on; null where it was brought.</summary>
    public string? Key { get; init; }
}
