using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>The layer of drops or flakes that imgaug 0.4.0's Rain and Snowflakes share, up to its blur.</summary>
internal static class FallingParticles
{
    private const int GateSide = 8;
    private static readonly object GateOwner = new();

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
        var gates = scratch.Table(GateOwner, grid, static (_, to) => new GateTables(new(GateSide, to.Height), new(GateSide, to.Width)));
        var tables = scratch.Table(gates, shape, static (gate, to) => new MapTables(
            new(new CubicResize(gate.Rows.To, to.Height)), new(new CubicResize(gate.Columns.To, to.Width))));

        var limit = Hits.Limit(density.Draw(ref random));
        var gate = scratch.Take<float>(GateSide * GateSide);
        DrawGate(gate, uniformity.Draw(ref random), ref random);
        var draws = scratch.Take<uint>(grid.PixelCount);
        random.Fill(draws);
        var lit = scratch.Take<int>(draws.Length);
        lit = lit[..Hits.Find(draws, limit, lit)];

        // Few cells are lit, so each is gated and spread by itself.
        var lights = scratch.Take<float>(lit.Length);
        FillLights(draws, lit, Math.PI / Math.Max(limit, 1), lights);
        var map = scratch.TakeZeroed<float>(shape.PixelCount + tables.Columns.Padding);
        var lines = scratch.Take<float>(GateSide * grid.Width);
        EnlargeLines(gate, gates.Columns, lines);
        for (var i = 0; i < lit.Length; i++)
        {
            var (row, column) = Math.DivRem(lit[i], grid.Width);
            var opening = Math.Clamp(Opening(lines, gates.Rows, row, column, grid.Width), 0f, 1f);
            CubicScatter.Add(tables.Rows, tables.Columns, row, column, MathF.Floor(lights[i] * opening), map);
        }

        map = map[..shape.PixelCount];
        Pixels.RoundInPlace(map);
        return map;
    }

    /// <summary>Draws out a layer along its fall: a kernel of speed times the longer side, at least 3 and odd; none below 2 pixels.</summary>
    /// <param name="map">H x W whole numbers 0..255.</param>
    /// <param name="shape">Height and width.</param>
    /// <param name="speed">Share of the longer side. The reference holds it in 32 bits, so that 0.01 of 200 pixels is less than 2.</param>
    /// <param name="angle">Degrees from the vertical, clockwise.</param>
    /// <param name="scratch">Buffers.</param>
    public static void Streak(Span<float> map, ImageShape shape, double speed, double angle, CorruptionScratch scratch)
    {
        var length = (int)((double)(float)speed * int.Max(shape.Height, shape.Width));
        if (length > 1)
            LineKernel.Blur(map, shape, int.Max(length, 3) | 1, angle, scratch);
    }

    private static int Side(int side, double scale) => int.Max(1, (int)(side * scale));

    // A lit cell is min(255, round(255 (1/2 + |b - 1/2|))), b ~ Beta(1/2, 1/2) = sin^2(pi u / 2), so |b - 1/2| = |cos(pi u)| / 2.
    // The draw that lights the cell, divided by its limit, is uniform again and serves as u.
    private static float Light(double angle) => (float)Math.Round(127.5 + (127.5 * Math.Abs(Math.Cos(angle))));

    // Cosines of vectors may differ from single ones in their last bits, so what lies next to a half is computed as Light does.
    private static void FillLights(ReadOnlySpan<uint> draws, ReadOnlySpan<int> lit, double toAngle, Span<float> lights)
    {
        const double Doubt = 1e-6;
        var i = 0;
        for (; i <= lit.Length - 4; i += 4)
        {
            var angles = Vector256.Create(draws[lit[i]], draws[lit[i + 1]], draws[lit[i + 2]], (double)draws[lit[i + 3]]) * toAngle;
            var light = Vector256.Create(127.5) + (127.5 * Vector256.Abs(Vector256.Cos(angles)));
            var rounded = Vector256.Round(light);
            Vector256.Narrow(rounded, rounded).GetLower().CopyTo(lights[i..]);
            if (Vector256.GreaterThanAny(Vector256.Abs(light - rounded), Vector256.Create(0.5 - Doubt)))
                One(draws, lit, toAngle, lights, i, i + 4);
        }

        One(draws, lit, toAngle, lights, i, lit.Length);

        static void One(ReadOnlySpan<uint> draws, ReadOnlySpan<int> lit, double toAngle, Span<float> lights, int from, int to)
        {
            for (var i = from; i < to; i++)
                lights[i] = Light(draws[lit[i]] * toAngle);
        }
    }

    // Beta(1, q) by inversion: 1 - u^(1/q).
    private static void DrawGate(Span<float> gate, double uniformity, ref CounterRandom random)
    {
        var power = 1 / Math.Max(1 - uniformity, 1e-4);
        foreach (ref var value in gate)
            value = (float)(1 - Math.Pow(random.NextDouble(), power));
    }

    // The lines of the gate's field, each enlarged to the width of the grid of cells.
    private static void EnlargeLines(ReadOnlySpan<float> gate, CubicResize columns, Span<float> lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var (line, column) = Math.DivRem(i, columns.To);
            var across = 0f;
            for (var tap = 4 * column; tap < (4 * column) + 4; tap++)
                across += columns.Weights[tap] * gate[(line * GateSide) + columns.Places[tap]];
            lines[i] = across;
        }
    }

    // The field, enlarged to the grid of cells, at one cell.
    private static float Opening(ReadOnlySpan<float> lines, CubicResize rows, int row, int column, int width)
    {
        var sum = 0f;
        for (var down = 4 * row; down < (4 * row) + 4; down++)
            sum += rows.Weights[down] * lines[(rows.Places[down] * width) + column];
        return sum;
    }

    private sealed record GateTables(CubicResize Rows, CubicResize Columns);

    private sealed record MapTables(CubicScatter Rows, CubicScatter Columns);
}
