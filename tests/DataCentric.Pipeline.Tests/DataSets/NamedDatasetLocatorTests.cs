using Azure.Storage.Blobs;
using DataCentric.Imaging.Formats;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.DataSets;

public sealed class NamedDatasetLocatorTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sets/small")]
    [InlineData("small")]
    public async Task A_folder_of_blobs_is_read_as_a_folder_and_is_gone_afterwards(string prefix)
    {
        var place = await UploadAsync(prefix);

        var located = await new NamedDatasetLocator().LocateAsync(place, Token);
        using (var reader = ImageSource.Open(located.Path))
            reader.Info.Count.ShouldBe(1000);
        located.Dispose();

        Directory.Exists(located.Path).ShouldBeFalse();
    }

    [Fact]
    public async Task The_name_that_is_kept_holds_no_secret()
    {
        var place = await UploadAsync("sets/small");

        var name = NamedDatasetLocator.PublicName(place);

        name.ShouldEndWith("/sets/small");
        name.ShouldNotContain(azurite.AccountKey);
        (await Should.ThrowAsync<InputException>(() => new NamedDatasetLocator().LocateAsync(place + "er", Token))).Message
            .ShouldNotContain(azurite.AccountKey);
    }

    [Theory]
    [InlineData("https://account.blob.core.windows.net/container?sv=2024&sig=secret")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=account;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net;Container=container")]
    public void A_container_alone_is_no_data_set(string place) =>
        Should.Throw<InputException>(() => NamedDatasetLocator.PublicName(place)).Message.ShouldStartWith("Name a blob or a folder of blobs");

    [Theory]
    [InlineData("sets/a", "sets/a")]
    [InlineData("https://account.blob.core.windows.net/c/p?sig=secret", "https://account.blob.core.windows.net/c/p")]
    [InlineData("http://127.0.0.1:10000/devstoreaccount1/c/p", "http://127.0.0.1:10000/devstoreaccount1/c/p")]
    [InlineData("UseDevelopmentStorage=true;Container=sets;Prefix=p", "http://127.0.0.1:10000/devstoreaccount1/sets/p")]
    public void A_name_for_messages_is_that_of_the_place_without_a_secret(string dataset, string shown) => NamedDatasetLocator.ShownName(dataset).ShouldBe(shown);

    [Fact]
    public async Task A_path_stays_a_path()
    {
        NamedDatasetLocator.PublicName("set").ShouldBe(Path.GetFullPath("set"));
        using var located = await new NamedDatasetLocator().LocateAsync(RealData.Sample(""), Token);

        located.Path.ShouldBe(RealData.Sample(""));
    }

    private async Task<string> UploadAsync(string prefix)
    {
        var container = $"sets{Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal)}";
        var client = new BlobContainerClient(azurite.ConnectionString, container, BlobStore.ClientOptions());
        await client.CreateAsync(cancellationToken: Token);
        foreach (var file in (string[])["t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz", "classes.txt"])
            await client.UploadBlobAsync($"{prefix}/{file}", new BinaryData(await File.ReadAllBytesAsync(RealData.Sample(file), Token)), Token);
        return $"{azurite.ConnectionString}Container={container};Prefix={prefix}";
    }
}
