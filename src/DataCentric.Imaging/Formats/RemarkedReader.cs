namespace DataCentric.Imaging.Formats;

/// <summary>A reader with one remark more, which was known when it was opened.</summary>
/// <param name="inner">The reader; disposed with this.</param>
/// <param name="remark">What the user has to be told.</param>
internal sealed class RemarkedReader(IImageReader inner, string remark) : IImageReader
{
    public ImageSetInfo Info => inner.Info;

    public IReadOnlyList<string> Remarks => [remark, .. inner.Remarks];

    public ImageSet Read(int count) => inner.Read(count);

    public ImageSet ReadWhole(int count, ICollection<LeftOutImage> broken) => inner.ReadWhole(count, broken);

    public void Skip(int count) => inner.Skip(count);

    public void Dispose() => inner.Dispose();
}
