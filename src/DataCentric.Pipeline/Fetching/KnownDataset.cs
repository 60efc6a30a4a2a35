namespace DataCentric.Pipeline.Fetching;

/// <summary>A public data set and where its authors offer it.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">Its full name.</param>
/// <param name="Address">The folder on the web that holds the files; ends with a slash.</param>
/// <param name="Licence">What its authors say about its use: an SPDX identifier, or that they say nothing.</param>
/// <param name="LicenceText">The licence in their words, or what its absence means.</param>
/// <param name="Files">The files.</param>
public sealed record KnownDataset(string Name, string Title, Uri Address, string Licence, string LicenceText, IReadOnlyList<KnownFile> Files)
{
    private static readonly Uri Toronto = new("https://www.cs.toronto.edu/~kriz/");

    /// <summary>
    /// All that are known. Hashes: those that TensorFlow Datasets lists for the same addresses (url_checksums); the authors publish MD5
    /// sums, which belong to the same files.
    /// </summary>
    public static IReadOnlyList<KnownDataset> All { get; } =
    [
        new(
            "cifar10",
            "CIFAR-10 (Krizhevsky 2009), binary version",
            Toronto,
            "no licence is stated; cite Krizhevsky 2009",
            LicenceTexts.None,
            [new("cifar-10-binary.tar.gz", 170_052_171, "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")]),
        new(
            "cifar100",
            "CIFAR-100 (Krizhevsky 2009), binary version",
            Toronto,
            "no licence is stated; cite Krizhevsky 2009",
            LicenceTexts.None,
            [new("cifar-100-binary.tar.gz", 168_513_733, "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec")]),
        new(
            "fashion-mnist",
            "Fashion-MNIST (Zalando 2017)",
            new Uri("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"), // the authors offer no https
            "MIT",
            LicenceTexts.FashionMnist,
            [
                new("train-images-idx3-ubyte.gz", 26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
                new("train-labels-idx1-ubyte.gz", 29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
                new("t10k-images-idx3-ubyte.gz", 4_422_102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
                new("t10k-labels-idx1-ubyte.gz", 5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
            ]),
    ];

    /// <summary>What to name as <c>--dataset</c> in the folder that the files were fetched to: a file, or nothing for the folder itself.</summary>
    public string Opens => Files.Count == 1 ? Files[0].Name : "";

    /// <summary>Finds a data set.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="InputException">There is none of that name.</exception>
    public static KnownDataset Find(string name) => All.FirstOrDefault(known => known.Name == name)
        ?? throw new InputException($"'{name}' is not a known data set; expected one of {string.Join(", ", All.Select(known => known.Name))}.");
}

/// <summary>One file of a public data set.</summary>
/// <param name="Name">Its name, at the source and here.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hex.</param>
public sealed record KnownFile(string Name, long Length, string Sha256);
