namespace DataCentric.Randomness;

/// <summary>What random numbers are drawn for. Each stage has a stream of its own, so no stage can shift the draws of another.</summary>
/// <remarks>The numbers are part of the stored results: never renumber them.</remarks>
public enum RandomStage
{
    /// <summary>Which samples of the source are taken when a limit is given.</summary>
    Selection = 1,

    /// <summary>Who stays clean, is attacked, is corrupted.</summary>
    Split = 2,

    /// <summary>Which kind of corruption a sample gets.</summary>
    Kind = 3,

    /// <summary>The draws of one corruption of one sample.</summary>
    Corruption = 4,

    /// <summary>Random start of an attack.</summary>
    AttackStart = 5,

    /// <summary>Input diversity: size and offset, or blocks, at one iteration for one surrogate.</summary>
    InputDiversity = 6,

    /// <summary>Initial weights of a network.</summary>
    Weights = 7,

    /// <summary>Order of the training samples in one epoch.</summary>
    TrainingOrder = 8,

    /// <summary>Crop and flip of one training sample in one epoch.</summary>
    Augmentation = 9,

    /// <summary>Procedural textures that belong to no sample.</summary>
    Texture = 10,

    /// <summary>Which image of a test set gets which attack and which corruption.</summary>
    TestSet = 12,

    /// <summary>Test images and seeds of one resample of a bootstrap.</summary>
    Bootstrap = 13,

    /// <summary>Which class an attack with targets leads a sample to.</summary>
    AttackTarget = 14,
}
