namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// Noise of a given spectrum (Mintun, Kirillov and Xie 2021, imagenet_c_bar/corrupt.py): the real part of sum over frequencies f of
/// power(|f - c|) e^(i phase) e^(2 pi i f p / n), divided by its deviation. Frequencies are numbered 0 to n - 1 with 0 at n - floor(n/2);
/// c = n / 2, and distances count in frequencies of the shorter side. A phase is uniform, and the same at the place turned by 180
/// degrees, as in the reference.
/// </summary>
/// <param name="power">Power at a distance.</param>
internal sealed class SpectralNoise(Func<double, double> power)
{
    private readonly Func<double, double> _power = power;

    /// <summary>Draws the noise.</summary>
    /// <param name="shape">Height and width.</param>
    /// <param name="random">Draws.</param>
    /// <param name="scratch">Buffers.</param>
    /// <returns>H x W values of deviation 1.</returns>
    public Span<float> Draw(ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var noise = scratch.Take<float>(shape.PixelCount);
        var mark = scratch.Remember();
        var phases = scratch.Take<uint>((shape.PixelCount + 1) / 2);
        random.Fill(phases);
        Make(shape, phases, noise, scratch);
        scratch.Release(mark);
        return noise;
    }

    /// <summary>Makes the noise of given phases.</summary>
    /// <param name="shape">Height and width.</param>
    /// <param name="phases">Phases of the first half of the frequencies, row by row: parts of 2^32 of a turn.</param>
    /// <param name="noise">Receives H x W values of deviation 1.</param>
    /// <param name="scratch">Buffers.</param>
    internal void Make(ImageShape shape, ReadOnlySpan<uint> phases, Span<float> noise, CorruptionScratch scratch)
    {
        var spectrum = scratch.Table(this, shape, static (self, image) => new Spectrum(image, self._power));
        var sines = scratch.Take<float>(phases.Length);
        var cosines = scratch.Take<float>(phases.Length);
        Normals.Directions(phases, sines, cosines);

        // Columns one after the other, then rows.
        var count = shape.PixelCount;
        var real = scratch.Take<float>(count);
        var imaginary = scratch.Take<float>(count);
        for (var i = 0; i < count; i++)
        {
            var phase = int.Min(i, count - 1 - i);
            var place = spectrum.Places[i];
            real[place] = spectrum.Powers[i] * cosines[phase];
            imaginary[place] = spectrum.Powers[i] * sines[phase];
        }

        var turned = scratch.Take<float>(count);
        spectrum.Across.Transform(real, imaginary, scratch);
        Transpose(real, noise, shape);
        Transpose(imaginary, turned, shape);
        spectrum.Down.Transform(noise, turned, scratch);
        Scale(noise);
    }

    private static void Transpose(ReadOnlySpan<float> columns, Span<float> rows, ImageShape shape)
    {
        for (var x = 0; x < shape.Width; x++)
        {
            var column = columns.Slice(x * shape.Height, shape.Height);
            for (var y = 0; y < column.Length; y++)
                rows[(y * shape.Width) + x] = column[y];
        }
    }

    private static void Scale(Span<float> noise)
    {
        double sum = 0, squares = 0;
        foreach (var value in noise)
            (sum, squares) = (sum + value, squares + ((double)value * value));
        var mean = sum / noise.Length;
        var scale = (float)(1 / Math.Sqrt((squares / noise.Length) - (mean * mean)));
        foreach (ref var value in noise)
            value *= scale;
    }

    private sealed class Spectrum
    {
        public Spectrum(ImageShape shape, Func<double, double> power)
        {
            (Places, Powers) = (new int[shape.PixelCount], new float[shape.PixelCount]);
            (Across, Down) = (new(shape.Width), new(shape.Height));
            var side = (double)int.Min(shape.Height, shape.Width);
            for (var i = 0; i < shape.PixelCount; i++)
            {
                var (y, x) = (i / shape.Width, i % shape.Width);
                var down = (y - (shape.Height / 2.0)) * side / shape.Height;
                var across = (x - (shape.Width / 2.0)) * side / shape.Width;
                Places[i] = ((x + (shape.Width / 2)) % shape.Width * shape.Height) + ((y + (shape.Height / 2)) % shape.Height);
                Powers[i] = (float)power(Math.Sqrt((down * down) + (across * across)));
            }
        }

        /// <summary>Where each frequency lies among the columns of the transform.</summary>
        public int[] Places { get; }

        public float[] Powers { get; }

        public FourierAxis Across { get; }

        public FourierAxis Down { get; }
    }
}
