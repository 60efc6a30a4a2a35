using DataCentric.Pipeline.Model;

namespace DataCentric.Pipeline.Tests.Runs;

public sealed class ManyShardsTests : IDisposable
{
    private readonly RunHarness _harness = new(count: 2000);

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Two_thousand_shards_of_one_image_give_the_bytes_of_a_few()
    {
        var request = _harness.Request with { Split = new Split(1, 0, 1) };

        await _harness.RunAsync(request with { ShardSize = 1 }, _harness.Store("w"), _harness.Store("many"), workers: 4);
        await _harness.RunAsync(request with { ShardSize = 500 }, _harness.Store("w"), _harness.Store("few"), workers: 4);

        (await RunHarness.FingerprintAsync(_harness.Store("many"))).ShouldBe(await RunHarness.FingerprintAsync(_harness.Store("few")));
    }
}
