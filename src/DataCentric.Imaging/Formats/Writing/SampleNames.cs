using System.Globalization;

namespace DataCentric.Imaging.Formats.Writing;

/// <summary>Names of single samples. Eight digits keep the order of the set in every listing.</summary>
public static class SampleNames
{
    /// <summary>Name without ending, such as <c>00000017</c>.</summary>
    /// <param name="index">Number in the set, from 0.</param>
    public static string Key(int index) => index.ToString("D8", CultureInfo.InvariantCulture);

    /// <summary>Name of its image file, such as <c>00000017.png</c>.</summary>
    /// <param name="index">Number in the set, from 0.</param>
    public static string Png(int index) => $"{Key(index)}.png";
}
