namespace DataCentric.Pipeline.Scoring.TestSets;

/// <summary>Whether test images may have been used for training.</summary>
public enum TestProtocol
{
    /// <summary>They must not: images that the training data hold, too, are a fault.</summary>
    Clean,

    /// <summary>They may, as in the paper, whose pool of training images holds most of the test images; matches are counted only.</summary>
    Paper,
}
