using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Storage;

public sealed class DataStoresTests
{
    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10000/devstoreaccount1/datacentric")]
    [InlineData("UseDevelopmentStorage=true;Container=my-runs", "http://127.0.0.1:10000/devstoreaccount1/my-runs")]
    [InlineData(" container=my-runs ; prefix=/a/b/ ; UseDevelopmentStorage=true;", "http://127.0.0.1:10000/devstoreaccount1/my-runs/a/b")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=acc;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net",
        "https://acc.blob.core.windows.net/datacentric")]
    [InlineData("BlobEndpoint=https://acc.blob.core.windows.net;SharedAccessSignature=sv=2024&sig=c2VjcmV0;Container=x12",
        "https://acc.blob.core.windows.net/x12")]
    [InlineData("https://acc.blob.core.windows.net", "https://acc.blob.core.windows.net/datacentric")]
    [InlineData("https://acc.blob.core.windows.net/work/", "https://acc.blob.core.windows.net/work")]
    [InlineData("https://acc.blob.core.windows.net/work/a/b/", "https://acc.blob.core.windows.net/work/a/b")]
    [InlineData("https://acc.blob.core.windows.net/work/a?sv=2024&sr=c&sp=r&sig=c2VjcmV0", "https://acc.blob.core.windows.net/work/a")]
    [InlineData("http://127.0.0.1:10000/devstoreaccount1/work?sv=2024&sr=c&sp=r&sig=c2VjcmV0",
        "http://127.0.0.1:10000/devstoreaccount1/work")]
    public void Blob_storage_is_found_by_connection_string_or_address_and_its_location_holds_no_secret(string storage, string location) =>
        DataStores.Open(storage).Location.ShouldBe(location);

    [Theory]
    [InlineData("out/store")]
    [InlineData("./a=b;c")]
    [InlineData("runs AccountName")]
    public void Anything_else_is_a_folder(string storage)
    {
        var store = DataStores.Open(storage);

        store.ShouldBeOfType<FolderStore>();
        store.Location.ShouldBe(Path.GetFullPath(storage));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("  ", "empty")]
    [InlineData("a\0b", "not a path")]
    [InlineData("s3://bucket/secret", "expected a folder")]
    [InlineData("https://", "expected a folder")]
    [InlineData("https://user:secret@acc.blob.core.windows.net/work", "expected a folder")]
    [InlineData("http://acc.blob.core.windows.net/work", "must begin with https")]
    [InlineData("https://acc.blob.core.windows.net/UPPER", "3 to 63")]
    [InlineData("https://acc.blob.core.windows.net/work/..%2fsecret", "item name")]
    [InlineData("UseDevelopmentStorage=true;Container=a--b", "3 to 63")]
    [InlineData("UseDevelopmentStorage=true;Container=", "3 to 63")]
    [InlineData("UseDevelopmentStorage=true;Prefix=a//b", "item name")]
    [InlineData("AccountName=acc;AccountKey=secret!", "connection string cannot be read")]
    [InlineData("AccountName=acc", "connection string cannot be read")]
    [InlineData("AccountKey=secret", "connection string cannot be read")]
    [InlineData("UseDevelopmentStorage=secret", "connection string cannot be read")]
    [InlineData("BlobEndpoint=secret;SharedAccessSignature=secret", "connection string cannot be read")]
    public void A_value_that_cannot_be_used_is_refused_and_not_repeated(string storage, string expected)
    {
        var e = Should.Throw<InputException>(() => DataStores.Open(storage));

        e.Message.ShouldContain(expected);
        if (!expected.Contains("item name", StringComparison.Ordinal))
            e.ToString().ShouldNotContain("secret");
    }

    [Fact]
    public void A_file_is_no_store()
    {
        var file = Path.GetTempFileName();
        try
        {
            Should.Throw<InputException>(() => DataStores.Open(file)).Message.ShouldContain($"'{file}' is a file");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
