namespace DataCentric.Pipeline.Planning;

/// <summary>What becomes of a sample.</summary>
public enum SampleRole
{
    /// <summary>Stays as it is.</summary>
    Clean,

    /// <summary>Is attacked.</summary>
    Adversarial,

    /// <summary>Is corrupted.</summary>
    Corrupted,
}
