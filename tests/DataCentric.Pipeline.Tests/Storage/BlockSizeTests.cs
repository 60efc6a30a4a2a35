using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Storage;

public class BlockSizeTests
{
    /// <summary>The service's limits: 50,000 blocks of at most 4,000 MiB (learn.microsoft.com, scalability targets of Blob storage).</summary>
    [Fact]
    public void The_blocks_that_a_blob_may_have_hold_a_hundred_million_images_of_32_pixels()
    {
        var sizes = Enumerable.Range(0, 50_000).Select(staged => (long)BlockWriter.BlockBytesOf(BlobStore.BlockBytes, staged)).ToArray();

        sizes[0].ShouldBe(4 << 20);
        sizes[9_999].ShouldBe(4 << 20, "Sets of up to 40 GB have the blocks that they always had.");
        sizes.Max().ShouldBe(64 << 20, "The writer holds one in memory.");
        sizes.Sum().ShouldBeGreaterThan(100_000_000L * 32 * 32 * 3);
    }
}
