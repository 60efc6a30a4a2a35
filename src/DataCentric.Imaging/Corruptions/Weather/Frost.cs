using DataCentric.Images;
using DataCentric.Imaging.Corruptions.Primitives;
using DataCentric.Randomness;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="Frost"/>. The defaults are imagecorruptions' severity 2, as in the paper's code.</summary>
public sealed record FrostParameters
{
    /// <summary>Weight of the image, 0 to 2. Default .8.</summary>
    public double Image { get; init; } = 0.8;

    /// <summary>Weight of the frost, 0 to 2. Default .6.</summary>
    public double Texture { get; init; } = 0.6;
}

/// <summary>
/// Frost over the image (imagecorruptions 1.1.2, <c>frost</c>): out = floor8(c0 in + c1 window), the window cut at random from one
/// of the textures, all equally likely. The textures are procedural (see <see cref="ProceduralFrost"/>) or the user's own.
/// </summary>
public sealed class Frost : Corruption
{
    private readonly FrostTextures _textures;
    private readonly float[] _image = new float[256];
    private readonly float[] _frost = new float[256];

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <param name="options">Where the textures come from.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    /// <exception cref="InputException">The folder of textures cannot be used.</exception>
    public Frost(CorruptionId id, FrostParameters parameters, CorruptionOptions options)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(options);
        var (image, texture) = (Guard.InRange(parameters.Image, 0, 2), Guard.InRange(parameters.Texture, 0, 2));
        for (var value = 0; value < 256; value++)
            (_image[value], _frost[value]) = ((float)(image * value), (float)(texture * value));
        _textures = FrostTextures.Of(options);
    }

    /// <summary>The line of the paper's set.</summary>
    internal static CorruptionKind Paper { get; } =
        CorruptionKind.Exact("frost", 3, (id, parameters, options) => new Frost(id, parameters, options), new FrostParameters());

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var textures = _textures.For(shape);
        var texture = textures[random.Below(textures.Length)];
        var top = random.Below(texture.Height - shape.Height);
        var left = random.Below(texture.Width - shape.Width);
        var length = shape.Width * 3;
        for (var y = 0; y < shape.Height; y++)
        {
            var window = texture.Pixels.AsSpan(3 * (((top + y) * texture.Width) + left), length);
            var from = source.Slice(y * length, length);
            var to = destination.Slice(y * length, length);
            for (var i = 0; i < length; i++)
                to[i] = Pixels.Floor8(_image[from[i]] + _frost[window[i]]);
        }
    }
}
