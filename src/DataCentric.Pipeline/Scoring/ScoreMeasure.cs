namespace DataCentric.Pipeline.Scoring;

/// <summary>Which figure gains are told in.</summary>
public enum ScoreMeasure
{
    /// <summary>R, the plain mean of the three accuracies (the paper).</summary>
    Paper,

    /// <summary>Accuracy over all images pooled (the competition).</summary>
    Competition,
}
