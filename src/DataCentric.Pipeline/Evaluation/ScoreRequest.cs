using System.ComponentModel.DataAnnotations;

namespace DataCentric.Pipeline.Evaluation;

/// <summary>What is to be scored: networks trained here on a raw set and on enhanced ones, or networks that are there already.</summary>
public sealed record ScoreRequest
{
    /// <summary>The raw data set, the baseline. Null where networks are imported.</summary>
    [Option("The raw data set.", Value = "PATH")]
    public string? Raw { get; init; }

    /// <summary>Folders of enhanced sets.</summary>
    [Option("Enhanced sets: folders, or blobs; several give a curve of clean accuracy against R.", Value = "DIR", Several = true)]
    public IReadOnlyList<string> Enhanced { get; init; } = [];

    /// <summary>How to train each architecture; empty where networks are imported.</summary>
    public IReadOnlyDictionary<string, SurrogateOptions> Training { get; init; } = new Dictionary<string, SurrogateOptions>();

    /// <summary>Model files that trainings begin with instead of untrained networks, each with a new last layer; their architectures are those of <see cref="Training"/>. Default none.</summary>
    [Option(
        "Model files that trainings begin with (fine-tuning), for any classes and image size; each is trained on every set. Without --preset epochs, batch and learning rate are 3, 16 and 0.005 by default.",
        Value = "MODEL", Several = true, Default = "untrained networks")]
    public IReadOnlyList<string> Init { get; init; } = [];

    /// <summary>Seeds of the trainings, each trains every architecture on every set. Default 1.</summary>
    [MinLength(1)]
    [Option("Seeds of the trainings, separated by commas.")]
    public IReadOnlyList<ulong> Seeds { get; init; } = [1];

    /// <summary>Model files to score as they are.</summary>
    [Option("Score these model files instead of training.", Value = "MODEL", Several = true)]
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Model files that those are compared with, trained on the raw set.</summary>
    [Option("Model files trained on the raw set, to compare those with.", Value = "MODEL", Several = true)]
    public IReadOnlyList<string> BaselineModels { get; init; } = [];

    /// <summary>Which figure gains are told in. Default the paper's R.</summary>
    [Option("paper: R, the mean of the three accuracies; competition: accuracy over all images pooled.")]
    public ScoreMeasure Measure { get; init; } = ScoreMeasure.Paper;

    /// <summary>Whether each network is attacked itself, too, by PGD (<see cref="WhiteBoxAttack"/>): reported apart, no part of R. Default false.</summary>
    [Option("Whether each network is attacked itself, too, by PGD; reported apart: true or false.")]
    public bool WhiteBox { get; init; }

    /// <summary>Checks the choices.</summary>
    /// <exception cref="InputException">They contradict each other, or a value is out of range.</exception>
    public ScoreRequest Validated()
    {
        OptionsCheck.Validated(this);
        if (Seeds.Distinct().Count() != Seeds.Count)
            throw new InputException("Seeds: each may be named once.");
        var (trains, imports) = (Raw is not null || Enhanced.Count > 0, Models.Count > 0);
        if (trains == imports)
            throw new InputException("Name either data sets to train on, or model files to score.");
        if (trains && (Raw is null || Training.Count == 0))
            throw new InputException("Training needs the raw data set and at least one architecture.");
        if (Init.Count > 0 && !trains)
            throw new InputException("Models of --init are trained on data sets; name those, too.");
        if (BaselineModels.Count > 0 && !imports)
            throw new InputException("Baseline models are compared with model files; name those, too.");
        foreach (var options in Training.Values)
            OptionsCheck.Validated(options);
        return this;
    }
}
