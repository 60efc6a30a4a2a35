using System.Runtime.InteropServices;

namespace DataCentric.Adversarial.Attack;

/// <summary>
/// How many images go through a surrogate together: all at first, and half as many whenever the device has no memory for that. So the
/// batch may be larger than what a CUDA device holds at a time; the size that fits is found once and kept.
/// </summary>
internal sealed class PassSize
{
    private const string TorchSaysSo = "out of memory"; // libtorch's OutOfMemoryError, which TorchSharp passes on as text

    private readonly int _all;

    /// <summary>Starts with all, or as many as there may be.</summary>
    /// <param name="all">Images in the batch.</param>
    /// <param name="most">Most images in one pass.</param>
    public PassSize(int all, int most = int.MaxValue) => (_all, Images) = (all, Math.Min(all, most));

    /// <summary>Images in one pass by now.</summary>
    public int Images { get; private set; }

    /// <summary>Runs passes over all images; one that runs out of memory is done again in halves.</summary>
    /// <param name="pass">Takes the first image and their number.</param>
    public void Run(Action<int, int> pass)
    {
        for (var first = 0; first < _all;)
        {
            var count = Math.Min(Images, _all - first);
            try
            {
                pass(first, count);
                first += count;
            }
            catch (ExternalException full) when (count > 1 && full.Message.Contains(TorchSaysSo, StringComparison.OrdinalIgnoreCase))
            {
                Images = (count + 1) / 2;
            }
        }
    }
}
