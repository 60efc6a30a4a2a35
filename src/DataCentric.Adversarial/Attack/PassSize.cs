using System.Runtime.InteropServices;

namespace DataCentric.Adversarial.Attack;

/// <summary>
/// How many images go through a surrogate together: on a processor as many as have the pixels of 64 images of 64x64, so that large images
/// take no more memory than small ones and the same number wherever they are attacked; on CUDA all at first, and half as many whenever
/// the device has no memory for that. So the batch may be larger than what is held at a time; the size that fits is found once and kept.
/// </summary>
internal sealed class PassSize
{
    private const string TorchSaysSo = "out of memory"; // libtorch's OutOfMemoryError, which TorchSharp passes on as text

    private const int PixelsAtOnce = 64 * 64 * 64;

    private readonly int _all;

    /// <summary>Starts with all of a batch, or on a processor with what has the pixels for one pass.</summary>
    /// <param name="all">Images in the batch.</param>
    /// <param name="pixels">Pixels of an image on a processor; 0 elsewhere.</param>
    public PassSize(int all, int pixels = 0) => (_all, Images) = (all, pixels == 0 ? all : Math.Clamp(PixelsAtOnce / pixels, 1, all));

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
