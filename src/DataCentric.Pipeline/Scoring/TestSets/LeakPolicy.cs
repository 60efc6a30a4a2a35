namespace DataCentric.Pipeline.Scoring.TestSets;

/// <summary>What is done about test images that the training data hold, too, under the clean protocol.</summary>
public enum LeakPolicy
{
    /// <summary>Nothing is written, and the matches are told.</summary>
    Stop,

    /// <summary>They are left out of the test set.</summary>
    Drop,

    /// <summary>They stay, and the record says so.</summary>
    Allow,
}
