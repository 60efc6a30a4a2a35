using static TorchSharp.torch;

namespace DataCentric.Adversarial.Runtime;

/// <summary>The order of a tensor's values in memory.</summary>
internal static class MemoryLayout
{
    /// <summary>The same tensor (N, C, H, W) with its values in memory as (N, H, W, C).</summary>
    public static Tensor ChannelsLast(this Tensor x)
    {
        using var places = x.AsPlaces();
        return places.permute(0, 3, 1, 2);
    }

    /// <summary>(N, H, W, C) of (N, C, H, W), without gaps in memory: of a channels-last tensor the same values, of another a copy.</summary>
    public static Tensor AsPlaces(this Tensor x)
    {
        using var view = x.permute(0, 2, 3, 1);
        return view.contiguous();
    }
}
