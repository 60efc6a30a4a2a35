using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DataCentric.Imaging.Formats;

/// <summary>The label of a sample of a WebDataset.</summary>
/// <param name="Number">Class index, or null.</param>
/// <param name="Name">Name of the class where there is no index.</param>
/// <param name="ClassName">Name of the class that a note has beside the index, as this program writes it.</param>
/// <param name="Probabilities">Row of class probabilities that a note has beside the index.</param>
internal sealed record WebDatasetLabel(long? Number, string? Name, string? ClassName, double[]? Probabilities)
{
    private const int LongestName = 100;

    private static readonly string[] Plain = ["cls", "cls.txt", "class", "label", "label.txt"];

    /// <summary>Whether a member may hold a label.</summary>
    /// <param name="member">Its name.</param>
    /// <param name="isNested">Whether it lies in a folder: notes and texts beside pictures there do not make a WebDataset of an archive of class folders.</param>
    public static bool IsLabel(string member, bool isNested) => Plain.Contains(member) || (!isNested && member is "json" or "txt");

    /// <summary>Finds the label.</summary>
    /// <param name="sample">A sample with its texts.</param>
    /// <exception cref="InputException">There is none, or two differ.</exception>
    public static WebDatasetLabel Of(WebDatasetSample sample)
    {
        var note = Member(sample, "json") is { } json ? OfNote(json, sample.Place) : null;
        var plain = Plain.Select(name => Member(sample, name)).FirstOrDefault(text => text is not null) is { } cls ? OfText(cls, sample.Place) : null;
        if (plain is not null && note?.Number is { } noted && plain.Number is { } number && noted != number)
            throw new InputException($"{sample.Place}: its label is {number}, but {noted} in its json.");
        if (plain is not null)
            return note is null ? plain : note with { Number = plain.Number, Name = plain.Name };
        if (note is { Number: not null } or { Name: not null })
            return note;
        return Member(sample, "txt") is { } text ? OfText(text, sample.Place) : throw new InputException(
            $"{sample.Place}: has no label; expected a file cls with a class index, a json with a member \"label\" or \"cls\", or a txt with the name of a class. It has {string.Join(", ", sample.Members.Select(member => member.Name))}.");
    }

    private static byte[]? Member(WebDatasetSample sample, string name) => sample.Members.FirstOrDefault(member => member.Name == name) is { } found
        ? found.Text ?? throw new InputException($"{sample.Place}: its {name} has {found.Length} bytes, which no label has.")
        : null;

    private static WebDatasetLabel OfText(byte[] bytes, string place)
    {
        var text = Encoding.UTF8.GetString(bytes).Trim();
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return new(number, null, null, null);
        if (text.Length == 0 || text.Contains('\n') || text.Length > LongestName || text.Contains('\uFFFD'))
            throw new InputException($"{place}: its label is {(text.Length == 0 ? "empty" : "a text of more than a name, as captions are")}; expected a class index or the name of a class. Give each sample a file cls with one.");
        return new(null, text, null, null);
    }

    private static WebDatasetLabel OfNote(byte[] bytes, string place)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root)
                return new(null, null, null, null);
            var label = root.TryGetProperty("label", out var value) || root.TryGetProperty("cls", out value) ? value : default;
            if (label.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Number or JsonValueKind.String))
                throw new InputException($"{place}: the label in its json is {label.ValueKind}, as where an image has several classes; expected one class an image.");
            if (label.ValueKind == JsonValueKind.Number && !label.TryGetInt64(out _))
                throw new InputException($"{place}: the label in its json is {label}; expected a class index.");
            return new(
                label.ValueKind == JsonValueKind.Number ? label.GetInt64() : null,
                label.ValueKind == JsonValueKind.String ? label.GetString() : null,
                root.TryGetProperty("class", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null,
                root.TryGetProperty("probabilities", out var row) && row.ValueKind == JsonValueKind.Array ? [.. row.EnumerateArray().Select(item => (double)item.GetSingle())] : null);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw new InputException($"{place}: its json is broken: {e.Message}", e);
        }
    }
}
