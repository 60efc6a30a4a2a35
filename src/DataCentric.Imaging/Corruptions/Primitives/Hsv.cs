namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>A colour in the hexcone model, as skimage computes it.</summary>
/// <param name="Hue">0 to 1; 0 for grey.</param>
/// <param name="Saturation">(max - min) / max, 0 for black.</param>
/// <param name="Value">max.</param>
internal readonly record struct Hsv(double Hue, double Saturation, double Value)
{
    /// <summary>From red, green, blue in 0..1.</summary>
    public static Hsv Of(double red, double green, double blue)
    {
        var value = Math.Max(red, Math.Max(green, blue));
        var range = value - Math.Min(red, Math.Min(green, blue));
        if (range == 0)
            return new(0, 0, value);

        // Where two channels are the largest, the later one decides.
        var sixths = blue == value ? 4 + ((red - green) / range)
            : green == value ? 2 + ((blue - red) / range)
            : (green - blue) / range;
        var hue = sixths / 6;
        return new(hue - Math.Floor(hue), range / value, value);
    }

    /// <summary>To red, green, blue in 0..1.</summary>
    public (double Red, double Green, double Blue) ToRgb()
    {
        var sector = Math.Floor(Hue * 6);
        var fraction = (Hue * 6) - sector;
        var p = Value * (1 - Saturation);
        var q = Value * (1 - (fraction * Saturation));
        var t = Value * (1 - ((1 - fraction) * Saturation));
        return ((int)sector % 6) switch
        {
            0 => (Value, t, p),
            1 => (q, Value, p),
            2 => (p, Value, t),
            3 => (p, q, Value),
            4 => (t, p, Value),
            _ => (Value, p, q),
        };
    }
}
