namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>What lies outside an image.</summary>
internal enum Border
{
    /// <summary>The edge pixel, again and again (OpenCV REPLICATE, scipy "nearest").</summary>
    Replicate,

    /// <summary>The image mirrored about its edge pixel, which is not repeated (OpenCV REFLECT_101, scipy "mirror").</summary>
    Reflect101,

    /// <summary>The image mirrored about its edge, so that the edge pixel is repeated (OpenCV REFLECT, scipy "reflect").</summary>
    Reflect,
}

/// <summary>Which pixel stands for a place outside.</summary>
internal static class Borders
{
    /// <summary>The index inside 0..length-1 that stands for any index.</summary>
    public static int Index(this Border border, int index, int length)
    {
        if ((uint)index < (uint)length)
            return index;
        switch (border)
        {
            case Border.Replicate:
                return Math.Clamp(index, 0, length - 1);
            case Border.Reflect101:
                var period = 2 * (length - 1);
                var place = ((index % period) + period) % period;
                return place < length ? place : period - place;
            default:
                period = 2 * length;
                place = ((index % period) + period) % period;
                return place < length ? place : period - 1 - place;
        }
    }

    /// <summary>Which values of a padded row stand for those in one of its margins.</summary>
    /// <param name="border">What lies outside.</param>
    /// <param name="sources">Receives a place in the padded row for each value of the margin.</param>
    /// <param name="first">Column of the margin's first pixel, less than 0 or from the width on.</param>
    /// <param name="left">Pixels of the left margin.</param>
    /// <param name="width">Width of the image.</param>
    /// <param name="channels">Values of a pixel.</param>
    public static void FillSources(this Border border, Span<int> sources, int first, int left, int width, int channels)
    {
        for (var i = 0; i < sources.Length; i++)
            sources[i] = ((left + border.Index(first + (i / channels), width)) * channels) + (i % channels);
    }
}
