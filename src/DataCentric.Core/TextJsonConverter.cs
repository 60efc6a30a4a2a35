using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataCentric;

/// <summary>A value that people write as a text; its <see cref="object.ToString"/> is read again as the same value.</summary>
/// <typeparam name="T">The type itself.</typeparam>
public interface ITextValue<T>
    where T : ITextValue<T>
{
    /// <summary>Reads a value.</summary>
    /// <param name="text">As people write it.</param>
    /// <exception cref="InputException">The text is no such value.</exception>
    static abstract T Parse(string text);
}

/// <summary>Writes a value to JSON as the text that people write.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public sealed class TextJsonConverter<T> : JsonConverter<T>
    where T : ITextValue<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => T.Parse(reader.GetString() ?? "");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStringValue(value.ToString());
    }
}
