using DataCentric.Imaging.Reading;

namespace DataCentric.Imaging.Formats;

/// <summary>How one format recognises its data sets.</summary>
/// <param name="Expects">What it looks for, said to the user when no format fits.</param>
/// <param name="Find">
/// The data set at an existing path, or null when the path holds another format. Throws <see cref="InputException"/> where the format is plain
/// but a part is missing.
/// </param>
internal sealed record FormatProbe(string Expects, Func<string, ReadingOptions, FoundSet?> Find)
{
    /// <summary>A format that looks for its files once more when it is opened: there are few.</summary>
    /// <param name="expects">What it looks for.</param>
    /// <param name="files">The files that make up the data set, in a fixed order, or null.</param>
    /// <param name="open">Opens a path that <paramref name="files"/> accepted.</param>
    public FormatProbe(string expects, Func<string, ReadingOptions, IReadOnlyList<string>?> files, Func<string, ReadingOptions, IImageReader> open)
        : this(expects, (path, options) => files(path, options) is { } found ? new FoundSet(found, () => open(path, options)) : null)
    {
    }

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

/// <summary>A data set that a format recognised.</summary>
/// <param name="Files">The files that it is made up of, in a fixed order.</param>
/// <param name="Open">Opens it, reading those files: they are not listed again.</param>
internal sealed record FoundSet(IReadOnlyList<string> Files, Func<IImageReader> Open);
