using DataCentric.Images;

namespace DataCentric.Imaging.Formats;

/// <summary>A reader that disposes something else with it.</summary>
/// <param name="inner">Reads.</param>
/// <param name="owned">Disposed after the reader.</param>
internal sealed class OwningReader(IImageReader inner, IDisposable owned) : IImageReader
{
    public ImageSetInfo Info => inner.Info;

    public ImageSet Read(int count) => inner.Read(count);

    public ImageSet ReadWhole(int count, ICollection<BrokenImage> broken) => inner.ReadWhole(count, broken);

    public void Skip(int count) => inner.Skip(count);

    public void Dispose()
    {
        inner.Dispose();
        owned.Dispose();
    }
}
