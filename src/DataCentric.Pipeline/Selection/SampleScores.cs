namespace DataCentric.Pipeline.Selection;

/// <summary>Scores of consecutive samples, see <see cref="EnsembleScore"/>. Stored whole for each shard and once more for the set.</summary>
/// <param name="Chooser">Hash of the ensemble that was asked.</param>
/// <param name="Images">Score of each clean image, in nats.</param>
/// <param name="Kinds">For each the kind with the highest score among its candidates, as its place in the mix; base64 in JSON; empty where nothing is corrupted.</param>
/// <param name="KindScores">Score of each image corrupted by that kind, in nats; empty where nothing is corrupted.</param>
internal sealed record SampleScores(string Chooser, float[] Images, byte[] Kinds, float[] KindScores)
{
    /// <summary>What the manifest tells of a sample.</summary>
    public SelectionEntry EntryOf(int index, bool isCorrupted) => new() { Score = Images[index], KindScore = isCorrupted ? KindScores[index] : null };
}
