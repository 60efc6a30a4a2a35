using DataCentric.Images;
using DataCentric.Randomness;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>The layer of drops or flakes that imgaug 0.4.0's Rain and Snowflakes share, up to its blur.</summary>
internal static class FallingParticles
{
    private const int GateSide = 8;

    /// <summary>Draws a layer: lit cells on a coarse grid, thinned by a smooth gate, enlarged to the image.</summary>
    /// <param name="shape">Height and width of the image.</param>
    /// <param name="size">Size s of the particles; the grid has max(1, floor(side * clip(1-s, 0.001, 1))) cells a side.</param>
    /// <param name="density">Chance that a cell is lit.</param>
    /// <param name="uniformity">The gate is Beta(1, 1 - uniformity): 1 lets all through.</param>
    /// <param name="random">Draws.</param>
    /// <param name="scratch">Buffers.</param>
    /// <returns>H x W whole numbers 0..255.</returns>
    public static Span<float> Draw(
        ImageShape shape, double size, Interval density, Interval uniformity, ref CounterRandom random, CorruptionScratch scratch)
    {
        var scale = Math.Clamp(1 - size, 0.001, 1);
        var grid = new ImageShape(Side(shape.Height, scale), Side(shape.Width, scale));
        var gateTables = scratch.Table(Gate, grid, static (_, to) => new Tables(new(GateSide, to.Height), new(GateSide, to.Width)));
        var tables = scratch.Table(
            gateTables, shape, static (gate, to) => new Tables(new(gate.Rows.To, to.Height), new(gate.Columns.To, to.Width)));

        var cells = scratch.Take<float>(grid.PixelCount);
        Light(cells, density.Draw(ref random), ref random, scratch);
        var gate = scratch.Take<float>(GateSide * GateSide);
        DrawGate(gate, uniformity.Draw(ref random), ref random);
        var opening = scratch.Take<float>(grid.PixelCount);
        CubicResize.Resize(gate, gateTables.Rows, gateTables.Columns, opening, scratch);
        for (var i = 0; i < cells.Length; i++)
            cells[i] = MathF.Floor(cells[i] * Math.Clamp(opening[i], 0f, 1f));

        var map = scratch.Take<float>(shape.PixelCount);
        CubicResize.Resize(cells, tables.Rows, tables.Columns, map, scratch);
        for (var i = 0; i < map.Length; i++)
            map[i] = Math.Clamp(MathF.Round(map[i]), 0f, 255f);
        return map;
    }

    private static readonly object Gate = new();

    private static int Side(int side, double scale) => int.Max(1, (int)(side * scale));

    // A lit cell is min(255, round(255 (1/2 + |b - 1/2|))), b ~ Beta(1/2, 1/2) = sin^2(pi u / 2), so |b - 1/2| = |cos(pi u)| / 2.
    // The draw that lights the cell, divided by the chance, is uniform again and serves as u.
    private static void Light(Span<float> cells, double chance, ref CounterRandom random, CorruptionScratch scratch)
    {
        var draws = scratch.Take<uint>(cells.Length);
        random.Fill(draws);
        var limit = (uint)(chance * uint.MaxValue);
        var toAngle = Math.PI / Math.Max(limit, 1);
        for (var i = 0; i < cells.Length; i++)
            cells[i] = draws[i] < limit ? (float)Math.Round(127.5 + (127.5 * Math.Abs(Math.Cos(draws[i] * toAngle)))) : 0;
    }

    // Beta(1, q) by inversion: 1 - u^(1/q).
    private static void DrawGate(Span<float> gate, double uniformity, ref CounterRandom random)
    {
        var power = 1 / Math.Max(1 - uniformity, 1e-4);
        foreach (ref var value in gate)
            value = (float)(1 - Math.Pow(random.NextDouble(), power));
    }

    private sealed record Tables(CubicResize Rows, CubicResize Columns);
}
