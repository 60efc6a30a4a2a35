using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using DataCentric.Adversarial.Models;
using DataCentric.Randomness;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Training;

/// <summary>
/// The training images in batches: shuffled for each epoch, each image cropped out of its zero-padded self and mirrored at random,
/// normalised. Order depends on (seed, epoch), crop and mirror on (seed, sample, epoch), so on nothing that happened before.
/// </summary>
internal sealed class AugmentedBatches
{
    private readonly ILabelledImages _images;
    private readonly SurrogateOptions _options;
    private readonly ulong _seed;
    private readonly float[] _normalized = new float[256 * ImageShape.Channels]; // [level * 3 + channel]
    private readonly ConcurrentBag<float[]> _spare = []; // Batches of large images take hundreds of megabytes: the collector would be late.

    /// <summary>Prepares the batches.</summary>
    /// <param name="images">Training images.</param>
    /// <param name="statistics">Normalisation.</param>
    /// <param name="options">Batch size, padding, mirror.</param>
    /// <param name="seed">Seed of the training.</param>
    public AugmentedBatches(ILabelledImages images, ChannelStatistics statistics, SurrogateOptions options, ulong seed)
    {
        (_images, _options, _seed) = (images, options, seed);
        for (var i = 0; i < _normalized.Length; i++)
            _normalized[i] = ((i / ImageShape.Channels / 255f) - statistics.Mean[i % ImageShape.Channels]) / statistics.Deviation[i % ImageShape.Channels];
    }

    /// <summary>Steps in one epoch.</summary>
    public int StepsPerEpoch => _options.StepsPerEpoch(_images.Count);

    /// <summary>The samples of an epoch's batches.</summary>
    /// <param name="epoch">0-based.</param>
    public IEnumerable<int[]> Epoch(int epoch)
    {
        var order = Enumerable.Range(0, _images.Count).ToArray();
        new CounterRandom(_seed, (ulong)epoch, RandomStage.TrainingOrder).Shuffle<int>(order);
        for (var step = 0; step < StepsPerEpoch; step++)
            yield return order[(int)((long)order.Length * step / StepsPerEpoch)..(int)((long)order.Length * (step + 1) / StepsPerEpoch)];
    }

    /// <summary>Draws one batch. Uses no torch, so any thread may.</summary>
    /// <param name="samples">Indexes into the images.</param>
    /// <param name="epoch">0-based.</param>
    /// <returns>N x H x W x 3 values, normalised.</returns>
    public float[] Draw(int[] samples, int epoch)
    {
        var shape = _images.Shape;
        var (batch, image) = (SpareOf(samples.Length * shape.ByteLength), new byte[shape.ByteLength]);
        for (var n = 0; n < samples.Length; n++)
        {
            var random = new CounterRandom(_seed, (ulong)samples[n], RandomStage.Augmentation, epoch);
            var down = random.Below((2 * _options.CropPadding) + 1) - _options.CropPadding;
            var right = random.Below((2 * _options.CropPadding) + 1) - _options.CropPadding;
            var mirror = random.Chance(0.5) && _options.Flip;
            _images.Read(samples[n], image);
            Draw(image, batch.AsSpan(n * shape.ByteLength, shape.ByteLength), down, right, mirror);
        }

        return batch;
    }

    /// <summary>Makes a tensor of a batch that was drawn, and takes the batch back: another is drawn into it.</summary>
    /// <param name="batch">N x H x W x 3 values.</param>
    /// <returns>(N, 3, H, W), channels-last in memory.</returns>
    public Tensor ToTensor(float[] batch)
    {
        using var places = empty([batch.Length / _images.Shape.ByteLength, _images.Shape.Height, _images.Shape.Width, ImageShape.Channels], ScalarType.Float32);
        batch.CopyTo(MemoryMarshal.Cast<byte, float>(places.bytes)); // tensor(batch) would clone the array and pin the clone.
        _spare.Add(batch);
        return places.permute(0, 3, 1, 2);
    }

    /// <summary>Batches have two lengths at most, of N images and of one more.</summary>
    private float[] SpareOf(int length)
    {
        while (_spare.TryTake(out var spare))
        {
            if (spare.Length == length)
                return spare;
        }

        return new float[length];
    }

    private void Draw(ReadOnlySpan<byte> image, Span<float> drawn, int down, int right, bool mirror)
    {
        var (height, width) = (_images.Shape.Height, _images.Shape.Width);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (fromY, fromX) = (y + down, (mirror ? width - 1 - x : x) + right);
                var inside = (uint)fromY < (uint)height && (uint)fromX < (uint)width;
                for (var channel = 0; channel < ImageShape.Channels; channel++)
                {
                    var level = inside ? image[(((fromY * width) + fromX) * ImageShape.Channels) + channel] : 0;
                    drawn[(((y * width) + x) * ImageShape.Channels) + channel] = _normalized[(level * ImageShape.Channels) + channel];
                }
            }
        }
    }
}
