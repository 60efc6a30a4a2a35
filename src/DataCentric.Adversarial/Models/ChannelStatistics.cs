namespace DataCentric.Adversarial.Models;

/// <summary>Mean and standard deviation of each channel of pixels in [0, 1]; a network sees (pixel - mean) / deviation.</summary>
/// <param name="Mean">Red, green, blue.</param>
/// <param name="Deviation">Red, green, blue; above zero.</param>
internal sealed record ChannelStatistics(float[] Mean, float[] Deviation)
{
    private const double SmallestDeviation = 1.0 / 255; // a channel that never changes

    /// <summary>The statistics of a set.</summary>
    /// <param name="images">At least one image.</param>
    public static ChannelStatistics Of(ILabelledImages images)
    {
        var counts = new long[ImageShape.Channels][];
        for (var channel = 0; channel < counts.Length; channel++)
            counts[channel] = new long[256];
        var image = new byte[images.Shape.ByteLength];
        for (var n = 0; n < images.Count; n++)
        {
            images.Read(n, image);
            for (var i = 0; i < image.Length; i++)
                counts[i % ImageShape.Channels][image[i]]++;
        }

        var pixels = (double)images.Count * images.Shape.PixelCount;
        var means = counts.Select(count => count.Select((times, level) => times * level / 255.0).Sum() / pixels).ToArray();
        var deviations = counts.Select((count, channel) => Math.Sqrt(
            count.Select((times, level) => times * Math.Pow((level / 255.0) - means[channel], 2)).Sum() / pixels));
        return new([.. means.Select(mean => (float)mean)], [.. deviations.Select(value => (float)Math.Max(value, SmallestDeviation))]);
    }
}
