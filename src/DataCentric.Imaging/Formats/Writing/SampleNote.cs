using System.Globalization;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DataCentric.Imaging.Formats.Writing;

/// <summary>
/// What is known of a sample as one JSON object; every object has the same members, so that tables can be made of them. In notes beside their images
/// (WebDataset) these have one type, too, since the <c>datasets</c> library makes a structure of the first five and refuses samples of another: empty
/// texts and 0 stand in the place of null, and numbers that need not be whole have a point or an exponent.
/// </summary>
public static class SampleNote
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the note of a sample.</summary>
    /// <param name="images">The batch that holds it.</param>
    /// <param name="position">Its place in the batch.</param>
    /// <param name="provenance">Where it comes from.</param>
    /// <param name="className">Name of its class.</param>
    /// <param name="fileName">Path of its image below the note's file; null where the note lies beside the image.</param>
    /// <param name="encoding">How the image is encoded; null where all images are PNG.</param>
    /// <returns>UTF-8 without a line end.</returns>
    public static byte[] Encode(ImageSet images, int position, SampleProvenance provenance, string className, string? fileName, ImageEncoding? encoding = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(provenance);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            var isLine = fileName is not null;
            json.WriteStartObject();
            if (fileName is not null)
                json.WriteString("file_name", fileName);
            if (encoding is not null)
                json.WriteString("encoding", encoding.ToString());
            json.WriteNumber("label", images.Labels[position]);
            json.WriteString("class", className);
            if (images.SoftLabels is { } soft)
                WriteProbabilities(json, soft.AsSpan(position * (soft.Length / images.Count), soft.Length / images.Count), isLine);
            json.WriteNumber("index", provenance.Index);
            json.WriteString("source", provenance.Source);
            json.WriteString("role", provenance.Role);
            json.WriteString("kind", isLine ? provenance.Kind : provenance.Kind ?? "");
            json.WriteString("parameter_set", isLine ? provenance.ParameterSet : provenance.ParameterSet ?? "");
            if (provenance.Severity is null && isLine)
                json.WriteNull("severity");
            else
                json.WriteNumber("severity", provenance.Severity ?? 0);
            json.WriteNumber("linf", provenance.Linf);
            json.WritePropertyName("l2");
            WriteReal(json, provenance.L2, isLine);
            json.WriteString("sha256", provenance.Sha256);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteProbabilities(Utf8JsonWriter json, ReadOnlySpan<float> row, bool isLine)
    {
        json.WriteStartArray("probabilities");
        foreach (var value in row)
            WriteReal(json, value, isLine);
        json.WriteEndArray();
    }

    private static void WriteReal<T>(Utf8JsonWriter json, T value, bool mayBeWhole)
        where T : IFloatingPointIeee754<T>
    {
        var number = value.ToString("R", CultureInfo.InvariantCulture);
        json.WriteRawValue(mayBeWhole || number.AsSpan().ContainsAny('.', 'E') ? number : $"{number}.0");
    }
}

/// <summary>What is known of one sample beside its pixels and label. Formats with columns or notes carry it.</summary>
/// <param name="Index">Number in the set, from 0.</param>
/// <param name="Source">Record of the source that it was made from.</param>
/// <param name="Role">What became of it: clean, adversarial or corrupted.</param>
/// <param name="Kind">Kind of corruption; null unless corrupted.</param>
/// <param name="ParameterSet">Parameter set of the kind; null unless corrupted.</param>
/// <param name="Severity">Severity 1 to 5; null where there are none.</param>
/// <param name="Linf">Largest absolute difference to the source, in levels of 0..255.</param>
/// <param name="L2">l2 norm of the difference to the source, in levels.</param>
/// <param name="Sha256">SHA-256 of its pixels in the set, H x W x 3 bytes, lower-case hex; those of a JPEG or lossy WebP file differ.</param>
public sealed record SampleProvenance(
    int Index, string Source, string Role, string? Kind, string? ParameterSet, int? Severity, int Linf, double L2, string Sha256);

/// <summary>Names of single samples. Eight digits keep the order of the set in every listing.</summary>
public static class SampleNames
{
    /// <summary>Name without ending, such as <c>00000017</c>.</summary>
    /// <param name="index">Number in the set, from 0.</param>
    public static string Key(int index) => index.ToString("D8", CultureInfo.InvariantCulture);

    /// <summary>Name of its image file, such as <c>00000017.png</c>.</summary>
    /// <param name="index">Number in the set, from 0.</param>
    public static string Png(int index) => $"{Key(index)}.png";
}
