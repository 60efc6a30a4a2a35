using DataCentric.Adversarial.Exchange;
using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Networks;

namespace DataCentric.Adversarial.Tests.Exchange;

/// <summary>Networks are told by the names and shapes of their tensors.</summary>
public class RecognitionTests
{
    public static TheoryData<string> Names => [.. Architectures.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_network_is_told_from_all_others(string name) => Recognition.Find(Tensors(name), "file").Architecture.Name.ShouldBe(name);

    [Fact]
    public void What_was_found_and_what_to_give_is_said_where_none_fits()
    {
        var tensors = Tensors("resnet20");
        tensors.Remove("layer2.0.bn1.weight");

        Refusal(tensors).ShouldSatisfyAllConditions(
            message => message.ShouldStartWith("file: holds 96 tensors such as \"conv1.weight\" (16, 3, 3, 3); no network here has these names and shapes."),
            message => message.ShouldContain("The nearest is resnet20 (96 of its 97 tensors; \"layer2.0.bn1.weight\" is missing)."),
            message => message.ShouldContain("--arch"),
            message => message.ShouldContain("resnet50_imagenet"));
        Refusal(new() { ["x"] = new([1], [0]) }).ShouldNotContain("nearest");
        Refusal([]).ShouldContain("holds no tensors");
    }

    [Fact]
    public void Weights_of_small_networks_need_the_size_and_the_normalisation_of_their_images()
    {
        using var weights = new MemoryStream();
        using var network = new Network(Architectures.Get("resnet8"), 10, new RandomWeights(1));
        Npz.Write(weights, ModelFile.Tensors(network));
        weights.Position = 0;

        Should.Throw<InputException>(() => ModelExchange.Import(new(null, new(32, 32), null, null), weights, "file", new MemoryStream()))
            .Message.ShouldBe("The weights are of resnet8, which people train on images of their own: say their mean (--mean), their standard deviation (--std).");
    }

    [Fact]
    public void Names_of_old_DenseNet_files_become_todays()
    {
        var tensors = Tensors("densenet121_imagenet").ToDictionary(
            pair => pair.Key.Replace(".norm1.", ".norm.1.", StringComparison.Ordinal).Replace(".norm2.", ".norm.2.", StringComparison.Ordinal)
                .Replace(".conv1.", ".conv.1.", StringComparison.Ordinal).Replace(".conv2.", ".conv.2.", StringComparison.Ordinal),
            pair => pair.Value);

        tensors.Keys.ShouldContain("features.denseblock1.denselayer1.norm.1.weight");
        StateDict.Clean(tensors).Keys.ShouldBe(Tensors("densenet121_imagenet").Keys);
    }

    private static string Refusal(Dictionary<string, StoredTensor> tensors) => Should.Throw<InputException>(() => Recognition.Find(tensors, "file")).Message;

    // For 10 classes, without values: those of VGG-16 would take half a gigabyte.
    private static Dictionary<string, StoredTensor> Tensors(string name) => NetworkOutline.Of(Architectures.Get(name)).Shapes
        .ToDictionary(pair => pair.Key, pair => new StoredTensor([.. pair.Value.Select(side => side == 0 ? 10 : side)], []));
}
