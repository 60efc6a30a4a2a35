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
}
