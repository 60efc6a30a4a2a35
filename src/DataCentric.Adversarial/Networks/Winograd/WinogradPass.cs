using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static DataCentric.Adversarial.Networks.Winograd.WinogradTransforms;

namespace DataCentric.Adversarial.Networks.Winograd;

/// <summary>
/// One convolution of one batch, block of tiles after block of tiles: V = B' d B, then for 16 output channels at a time U = G g G',
/// M = V U at each of the 36 points, and A' M A. Weights are transformed anew for each block: about a tenth of the products' time, for
/// which 36 values need not be kept beside each kernel of 9.
/// </summary>
internal readonly unsafe struct WinogradPass
{
    private const int TilesTogether = 24 * PanelProduct.Rows;
    private const int Gap = 16; // values between points, so that those of many channels do not share a few lines of the cache
    private const int Taps = 9;

    /// <summary>Count x Height x Width x Depth values.</summary>
    public float* From { get; init; }

    /// <summary>Receives Count x Height x Width x Channels values.</summary>
    public float* To { get; init; }

    /// <summary>Depth x 3 x 3 x Channels values.</summary>
    public float* Kernels { get; init; }

    /// <summary>A value for each of the channels, or null.</summary>
    public float* Offset { get; init; }

    /// <summary>Whether kernels are turned by 180 degrees.</summary>
    public bool Turned { get; init; }

    /// <summary>Maps.</summary>
    public int Count { get; init; }

    /// <summary>Channels in, a multiple of 8.</summary>
    public int Depth { get; init; }

    /// <summary>Channels out, a multiple of 16.</summary>
    public int Channels { get; init; }

    /// <summary>Height of a map.</summary>
    public int Height { get; init; }

    /// <summary>Width of a map.</summary>
    public int Width { get; init; }

    private int Panel => (Depth * PanelProduct.Columns) + Gap;

    /// <summary>Tiles along a side.</summary>
    /// <param name="side">Height or width.</param>
    public static int Tiles(int side) => (side + Tile - 1) / Tile;

    /// <summary>Computes all values.</summary>
    public void Run()
    {
        var all = Count * Tiles(Height) * Tiles(Width);
        var point = Depth + Gap;
        var (lengthV, lengthU, lengthM) = (TilesTogether * Points * point, Points * Panel, TilesTogether * Points * PanelProduct.Columns);
        var zeros = Scratch.Take(Depth + lengthV + lengthU + lengthM);
        new Span<float>(zeros, Depth).Clear();
        var v = zeros + Depth;
        for (var first = 0; first < all; first += TilesTogether)
            Block(first, Math.Min(TilesTogether, all - first), zeros, point, v, v + lengthV, v + lengthV + lengthU);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Block(int first, int tiles, float* zeros, int point, float* v, float* u, float* m)
    {
        const int row = Points * PanelProduct.Columns;
        for (var tile = 0; tile < tiles; tile++)
            TransformInput(first + tile, zeros, v + (tile * Points * point), point);
        var rows = (tiles + PanelProduct.Rows - 1) / PanelProduct.Rows * PanelProduct.Rows;
        for (var channel = 0; channel < Channels; channel += PanelProduct.Columns)
        {
            TransformWeights(channel, u);
            for (var p = 0; p < Points; p++)
                PanelProduct.Multiply(v + (p * point), Points * point, u + (p * Panel), m + (p * PanelProduct.Columns), row, rows, Depth);
            for (var tile = 0; tile < tiles; tile++)
                TransformOutput(m + (tile * row), first + tile, channel);
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransformInput(int tile, float* zeros, float* v, int point)
    {
        var (map, top, left) = Place(tile);
        var image = From + ((nint)map * Height * Width * Depth);
        var window = stackalloc float*[Points];
        for (var p = 0; p < Points; p++)
        {
            var (y, x) = (top - 1 + (p / Window), left - 1 + (p % Window));
            window[p] = (uint)y < (uint)Height && (uint)x < (uint)Width ? image + ((((nint)y * Width) + x) * Depth) : zeros;
        }

        for (nint channel = 0; channel < Depth; channel += Together)
            Input(window, channel, v + channel, point);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransformWeights(int channel, float* u)
    {
        var (first, step) = Turned ? ((Taps - 1) * Channels, -Channels) : (0, Channels);
        for (nint c = 0; c < Depth; c++)
        {
            var kernel = Kernels + (c * Taps * Channels) + first + channel;
            for (var lane = 0; lane < PanelProduct.Columns; lane += Together)
                Weights(kernel + lane, step, u + (c * PanelProduct.Columns) + lane, Panel);
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransformOutput(float* m, int tile, int channel)
    {
        var (map, top, left) = Place(tile);
        var (bottom, right) = (Math.Min(Tile, Height - top), Math.Min(Tile, Width - left));
        var corner = To + ((((((nint)map * Height) + top) * Width) + left) * Channels) + channel;
        var values = stackalloc Vector256<float>[Tile * Tile];
        for (var lane = 0; lane < PanelProduct.Columns; lane += Together)
        {
            Output(m + lane, PanelProduct.Columns, values);
            var offset = Offset is null ? Vector256<float>.Zero : Vector256.Load(Offset + channel + lane);
            for (var y = 0; y < bottom; y++)
            {
                for (var x = 0; x < right; x++)
                    (values[(y * Tile) + x] + offset).Store(corner + ((((nint)y * Width) + x) * Channels) + lane);
            }
        }
    }

    private (int Map, int Top, int Left) Place(int tile)
    {
        var (map, rest) = Math.DivRem(tile, Tiles(Height) * Tiles(Width));
        var (y, x) = Math.DivRem(rest, Tiles(Width));
        return (map, y * Tile, x * Tile);
    }
}
