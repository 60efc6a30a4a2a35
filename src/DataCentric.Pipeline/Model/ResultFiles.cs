using DataCentric.Imaging.Formats;

namespace DataCentric.Pipeline.Model;

/// <summary>Names of the files of an enhanced set.</summary>
public static class ResultFiles
{
    /// <summary>Pixels: uint8 (N, H, W, 3).</summary>
    public const string Data = "data.npy";

    /// <summary>Labels: float32 (N, K), one-hot or soft.</summary>
    public const string Label = "label.npy";

    /// <summary>Names of the classes in label order, one a line; not there where a name cannot stand on a line.</summary>
    public const string Classes = ClassNames.FileName;

    /// <summary>Provenance, one JSON object a sample.</summary>
    public const string Manifest = "manifest.jsonl";

    /// <summary>The run: request, versions, hashes, timings. Written last: where it is, the set is whole.</summary>
    public const string Run = "run.json";

    /// <summary>A few samples of each role and kind: clean, result, difference.</summary>
    public const string ContactSheet = "contact-sheet.png";

    /// <summary>A few samples in small, uint8 (M, h, 3w, 3): clean, result and difference side by side. What the report shows.</summary>
    public const string Examples = "examples.npy";

    /// <summary>The licence file that lay with the source.</summary>
    public const string License = "LICENSE";

    /// <summary>Dataset card: Markdown with the header that Hugging Face reads.</summary>
    public const string Card = "README.md";

    /// <summary>Croissant description, JSON-LD.</summary>
    public const string Croissant = "croissant.json";

    /// <summary>How networks did that were trained on the set; there once it was scored.</summary>
    public const string Score = "score.json";

    /// <summary>The same as a picture.</summary>
    public const string ScorePicture = "score.png";

    /// <summary>The report, one page.</summary>
    public const string Report = "report.html";

    /// <summary>Texts about the set, made from the run record and made again where they are outdated.</summary>
    public static IReadOnlyList<string> Documents { get; } = [Report, Card, Croissant];
}
