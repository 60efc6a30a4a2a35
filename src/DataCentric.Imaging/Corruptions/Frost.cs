using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="Frost"/>. The defaults are imagecorruptions' severity 2, as in the paper's code.</summary>
public sealed record FrostParameters
{
    /// <summary>Weight of the image, 0 to 2. Default .8.</summary>
    public double Image { get; init; } = 0.8;

    /// <summary>Weight of the frost, 0 to 2. Default .6.</summary>
    public double Texture { get; init; } = 0.6;

    /// <summary>
    /// Whether textures are reduced to a fifth (CIFAR-10-C) or enlarged by 1.1 (imagecorruptions). Default enlarged.
    /// </summary>
    public bool Reduced { get; init; }
}

/// <summary>
/// Frost over the image (Hendrycks and Dietterich 2019, <c>frost</c>; imagecorruptions 1.1.2): out = floor8(c0 in + c1 window), the
/// window cut at random from one of the textures, all equally likely. The textures are procedural (see <see cref="ProceduralFrost"/>)
/// or the user's own.
/// </summary>
public sealed class Frost : Corruption
{
    private readonly FrostTextures _textures;
    private readonly bool _reduced;
    private readonly float _image;
    private readonly float _frost;

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
        _image = (float)Guard.InRange(parameters.Image, 0, 2);
        _frost = (float)Guard.InRange(parameters.Texture, 0, 2);
        _reduced = parameters.Reduced;
        _textures = FrostTextures.Of(options);
    }

    /// <summary>The line of the paper's set; its severities are ImageNet-C's, which the paper's code calls.</summary>
    internal static CorruptionKind Paper { get; } =
        CorruptionKind.Exact("frost", 3, Make, new FrostParameters(), ImageNetTable());

    /// <summary>The line of the CIFAR-10-C set.</summary>
    internal static CorruptionKind Cifar { get; } = CorruptionKind.Scaled(
        "frost", 3, Make, Table(true, (1, 0.2), (1, 0.3), (0.9, 0.4), (0.85, 0.4), (0.75, 0.45)));

    /// <summary>The line of the ImageNet-C set.</summary>
    internal static CorruptionKind ImageNet { get; } = CorruptionKind.Scaled("frost", 3, Make, ImageNetTable());

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var textures = _textures.For(shape, _reduced);
        var texture = textures[random.Below(textures.Length)];
        var top = random.Below(texture.Height - shape.Height);
        var left = random.Below(texture.Width - shape.Width);
        var length = shape.Width * 3;
        var image = scratch.Take<float>(length);
        var window = scratch.Take<float>(length);

        // Nearly whole sums such as 0.8 * 10 + 0.6 * 5 must not lose a level to the float's rounding.
        const float Margin = 1e-4f;
        for (var y = 0; y < shape.Height; y++)
        {
            Pixels.ToFloat(source.Slice(y * length, length), image);
            Pixels.ToFloat(texture.Pixels.AsSpan(3 * (((top + y) * texture.Width) + left), length), window);
            Pixels.Blend(image, _image, window, _frost);
            Pixels.Floor8(image, destination.Slice(y * length, length), Margin);
        }
    }

    private static Frost Make(CorruptionId id, FrostParameters parameters, CorruptionOptions options) =>
        new(id, parameters, options);

    private static FrostParameters[] ImageNetTable() => Table(false, (1, 0.4), (0.8, 0.6), (0.7, 0.7), (0.65, 0.7), (0.6, 0.75));

    private static FrostParameters[] Table(bool reduced, params (double Image, double Texture)[] table) =>
        [.. table.Select(entry => new FrostParameters { Image = entry.Image, Texture = entry.Texture, Reduced = reduced })];
}
