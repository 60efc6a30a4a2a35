using System.Collections.Concurrent;
using SkiaSharp;

namespace DataCentric.Imaging.Corruptions;

/// <summary>The pictures that frost takes its windows from, scaled for each shape once and shared by all threads.</summary>
internal sealed class FrostTextures
{
    private static readonly string[] Endings = [".png", ".jpg", ".jpeg"];

    private readonly Lazy<FrostTexture[]> _originals;
    private readonly ConcurrentDictionary<(ImageShape Image, bool Reduced), Lazy<FrostTexture[]>> _scaled = new();

    private FrostTextures(Lazy<FrostTexture[]> originals) => _originals = originals;

    /// <summary>The procedural pictures, shared by all.</summary>
    public static FrostTextures Procedural { get; } = new(ProceduralFrost.Textures);

    /// <summary>The procedural pictures, or those of the folder the user named.</summary>
    /// <exception cref="InputException">The folder is not there, holds no picture, or holds one that cannot be read.</exception>
    public static FrostTextures Of(CorruptionOptions options) =>
        options.FrostTextureFolder is { } folder ? FromFolder(folder) : Procedural;

    /// <summary>The pictures scaled for images of a shape.</summary>
    /// <param name="shape">Height and width.</param>
    /// <param name="reduced">Whether they are reduced (CIFAR-10-C) or enlarged (imagecorruptions).</param>
    public FrostTexture[] For(ImageShape shape, bool reduced) =>
        _scaled.TryGetValue((shape, reduced), out var found) ? found.Value : Scale(shape, reduced);

    private FrostTexture[] Scale(ImageShape shape, bool reduced)
    {
        _scaled.TryAdd((shape, reduced), new(() => [.. _originals.Value.Select(texture => reduced ? texture.Reduced(shape) : texture.Covering(shape))]));
        return _scaled[(shape, reduced)].Value; // Looked up at once: the first key that is found has the runtime make comparers, which belongs to the first image.
    }

    private static FrostTextures FromFolder(string folder)
    {
        if (!Directory.Exists(folder))
            throw new InputException($"{folder}: this folder of frost textures does not exist.");
        var files = Directory.EnumerateFiles(folder)
            .Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (files.Length == 0)
            throw new InputException($"{folder}: expected frost textures as .png or .jpg files; there are none.");
        var textures = files.Select(Read).ToArray();
        return new(new Lazy<FrostTexture[]>(textures));
    }

    private static FrostTexture Read(string file)
    {
        ExactReading.RequireContent(file);
        using var bitmap = SKBitmap.Decode(file)
            ?? throw new InputException($"{file}: cannot be read as a picture; expected PNG or JPEG.");
        var colours = bitmap.Pixels;
        var pixels = new byte[colours.Length * 3];
        for (var i = 0; i < colours.Length; i++)
            (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]) = (colours[i].Red, colours[i].Green, colours[i].Blue);
        return new(bitmap.Height, bitmap.Width, pixels, 1);
    }
}
