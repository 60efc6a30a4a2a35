namespace DataCentric.Adversarial.Networks.Winograd;

/// <summary>Memory of a thread that holds values in between and is kept for the next time.</summary>
internal static unsafe class Scratch
{
    private const int Alignment = 64; // bytes, a line of the cache

    [ThreadStatic]
    private static float[]? _kept;

    /// <summary>Memory with anything in it, good until the thread asks again.</summary>
    /// <param name="count">Values that it must hold.</param>
    public static float* Take(int count)
    {
        var needed = count + (Alignment / sizeof(float));
        if (_kept is null || _kept.Length < needed)
            _kept = GC.AllocateUninitializedArray<float>(needed, pinned: true);
        fixed (float* start = _kept)
            return (float*)(((nint)start + Alignment - 1) & -Alignment);
    }
}
