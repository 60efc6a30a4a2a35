using DataCentric.Imaging.Reading;

namespace DataCentric.Imaging.Formats;

/// <summary>How one format recognises its data sets.</summary>
/// <param name="Expects">What it looks for, said to the user when no format fits.</param>
/// <param name="Files">
/// The files that make up the data set at an existing path, in a fixed order, or null when the path holds another format. Throws
/// <see cref="InputException"/> where the format is plain but a part is missing.
/// </param>
/// <param name="Open">Opens a path that <paramref name="Files"/> accepted.</param>
internal sealed record FormatProbe(string Expects, Func<string, ReadingOptions, IReadOnlyList<string>?> Files, Func<string, ReadingOptions, IImageReader> Open)
{
    /// <summary>A format that has no parts and no pictures to decode.</summary>
    public FormatProbe(string expects, Func<string, IReadOnlyList<string>?> files, Func<string, IImageReader> open)
        : this(expects, (path, _) => files(path), (path, _) => open(path))
    {
    }

    /// <summary>Which choices the format has.</summary>
    public ReadingChoices Takes { get; init; }

    /// <summary>Refuses choices that would have no effect.</summary>
    /// <param name="path">The data set, for the message.</param>
    /// <param name="options">What was chosen.</param>
    /// <exception cref="InputException">Something was chosen that the format does not have.</exception>
    public void RequireTaken(string path, ReadingOptions options)
    {
        Require(ReadingChoices.Part, options.Part is not null, "--part", "is not divided into parts");
        Require(ReadingChoices.Scale, options.Scale is not null, "--scale", "holds no array of floats");
        Require(ReadingChoices.Labels, options.LabelTable is not null, "--label-table", "is no folder of pictures");
        Require(ReadingChoices.Labels, options.ChoosesByClass, "--classes and --limit-per-class", "is no folder of pictures");
        Require(ReadingChoices.Broken, options.SkipBroken, "--skip-broken", "is no folder of pictures");

        void Require(ReadingChoices choice, bool isChosen, string option, string reason)
        {
            if (isChosen && !Takes.HasFlag(choice))
                throw new InputException($"{path}: {reason}; leave out {option}.");
        }
    }
}

/// <summary>Choices of <see cref="ReadingOptions"/> that not every format has.</summary>
[Flags]
internal enum ReadingChoices
{
    /// <summary>Neither.</summary>
    None = 0,

    /// <summary>Parts such as train and test in one place.</summary>
    Part = 1,

    /// <summary>A factor for floats.</summary>
    Scale = 2,

    /// <summary>A table of labels, classes and limits of them.</summary>
    Labels = 4,

    /// <summary>Leaving out broken pictures.</summary>
    Broken = 8,
}
