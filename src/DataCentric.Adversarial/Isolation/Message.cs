using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataCentric.Adversarial.Isolation;

/// <summary>What two processes of one program say to each other: a word, a JSON value, and bytes.</summary>
/// <param name="Kind">One of <see cref="MessageKind"/>.</param>
/// <param name="Json">The value.</param>
/// <param name="Blobs">Pixels, model files and the like; an empty one where there is none.</param>
internal sealed record Message(string Kind, string Json, byte[][] Blobs)
{
    private static readonly JsonSerializerOptions Options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>A message with a value.</summary>
    public static Message Of<T>(string kind, T value, params byte[][] blobs) => new(kind, JsonSerializer.Serialize(value, Options), blobs);

    /// <summary>The bytes of numbers.</summary>
    public static byte[] Bytes<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged => MemoryMarshal.AsBytes(numbers).ToArray();

    /// <summary>The value.</summary>
    public T Value<T>() => JsonSerializer.Deserialize<T>(Json, Options)!;

    /// <summary>A blob as numbers.</summary>
    /// <param name="index">Which.</param>
    public T[] Numbers<T>(int index)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Blobs[index]).ToArray();

    /// <summary>Writes the message.</summary>
    /// <param name="stream">To the other process.</param>
    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Kind);
        writer.Write(Json);
        writer.Write(Blobs.Length);
        foreach (var blob in Blobs)
        {
            writer.Write(blob.Length);
            writer.Write(blob);
        }

        writer.Flush();
    }

    /// <summary>Reads the next message.</summary>
    /// <param name="stream">From the other process.</param>
    /// <exception cref="EndOfStreamException">The other process is gone.</exception>
    public static Message Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        var (kind, json) = (reader.ReadString(), reader.ReadString());
        var blobs = new byte[reader.ReadInt32()][];
        for (var i = 0; i < blobs.Length; i++)
        {
            blobs[i] = new byte[reader.ReadInt32()];
            stream.ReadExactly(blobs[i]);
        }

        return new(kind, json, blobs);
    }
}

/// <summary>The words.</summary>
internal static class MessageKind
{
    /// <summary>Asks for the device.</summary>
    public const string Describe = "describe";

    /// <summary>Asks for a training.</summary>
    public const string Train = "train";

    /// <summary>Asks what a model file holds.</summary>
    public const string Inspect = "inspect";

    /// <summary>Asks to load an ensemble in place of the one that is loaded.</summary>
    public const string Load = "load";

    /// <summary>Asks to forget the ensemble.</summary>
    public const string Unload = "unload";

    /// <summary>Asks for an attack.</summary>
    public const string Attack = "attack";

    /// <summary>Asks for the ensemble's logits.</summary>
    public const string Logits = "logits";

    /// <summary>Asks for each network's logits.</summary>
    public const string LogitsOfEach = "logits of each";

    /// <summary>Tells how far the work is.</summary>
    public const string Progress = "progress";

    /// <summary>Hands over the state of a training.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>Answers.</summary>
    public const string Done = "done";

    /// <summary>Answers that the input is wrong.</summary>
    public const string Refused = "refused";

    /// <summary>Answers that something went wrong.</summary>
    public const string Failed = "failed";
}

/// <summary>A training; blobs are pixels, or numbers of images in a file of this machine, labels, soft labels, the checkpoint to go on from and the initial model.</summary>
internal sealed record TrainCall(
    string Architecture, ImageShape Shape, string[] SourceIds, int ClassCount, ulong Seed, SurrogateOptions Options, bool IsSoft, bool HasCheckpoint, bool Keeps, bool HasInitial, string? File);

/// <summary>An ensemble; blobs are the model files.</summary>
internal sealed record LoadCall(ImageShape Shape, int ClassCount);

/// <summary>An attack; blobs are pixels, labels and sample keys.</summary>
internal sealed record AttackCall(ImageShape Shape, string[] SourceIds, ulong RunSeed, AttackOptions Options);
