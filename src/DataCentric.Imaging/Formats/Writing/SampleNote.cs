using System.Text.Encodings.Web;
using System.Text.Json;
using DataCentric.Images;

namespace DataCentric.Imaging.Formats.Writing;

/// <summary>What is known of a sample as one JSON object; every object has the same members, so that tables can be made of them.</summary>
public static class SampleNote
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the note of a sample.</summary>
    /// <param name="images">The batch that holds it.</param>
    /// <param name="position">Its place in the batch.</param>
    /// <param name="provenance">Where it comes from.</param>
    /// <param name="className">Name of its class.</param>
    /// <param name="fileName">Path of its image below the note's file; null where the note lies beside the image.</param>
    /// <returns>UTF-8 without a line end.</returns>
    public static byte[] Encode(ImageSet images, int position, SampleProvenance provenance, string className, string? fileName)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(provenance);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            if (fileName is not null)
                json.WriteString("file_name", fileName);
            json.WriteNumber("label", images.Labels[position]);
            json.WriteString("class", className);
            if (images.SoftLabels is { } soft)
                WriteProbabilities(json, soft.AsSpan(position * (soft.Length / images.Count), soft.Length / images.Count));
            json.WriteNumber("index", provenance.Index);
            json.WriteString("source", provenance.Source);
            json.WriteString("role", provenance.Role);
            json.WriteString("kind", provenance.Kind);
            json.WriteString("parameter_set", provenance.ParameterSet);
            if (provenance.Severity is { } severity)
                json.WriteNumber("severity", severity);
            else
                json.WriteNull("severity");
            json.WriteNumber("linf", provenance.Linf);
            json.WriteNumber("l2", provenance.L2);
            json.WriteString("sha256", provenance.Sha256);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteProbabilities(Utf8JsonWriter json, ReadOnlySpan<float> row)
    {
        json.WriteStartArray("probabilities");
        foreach (var value in row)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
