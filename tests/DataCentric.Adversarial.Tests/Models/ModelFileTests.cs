using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Networks;
using DataCentric.Adversarial.Tests.Support;
using DataCentric.Images;
using TorchSharp;

namespace DataCentric.Adversarial.Tests.Models;

public class ModelFileTests
{
    private static readonly ChannelStatistics Statistics = new([0.1f, 0.2f, 0.3f], [0.4f, 0.5f, 0.6f]);

    [Fact]
    public void A_network_reads_back_with_its_weights_and_description()
    {
        using var scope = torch.NewDisposeScope();
        using var written = new Network(Architectures.Get("vgg_compact"), 4, new RandomWeights(3));
        var images = torch.rand(2, 3, 16, 16);

        var (read, description) = ModelFile.Read(new MemoryStream(Write(written)), "file");

        read.Forward(images).data<float>().ToArray().ShouldBe(written.Forward(images).data<float>().ToArray());
        description.ShouldSatisfyAllConditions(
            () => description.Architecture.ShouldBe("vgg_compact"),
            () => description.ClassCount.ShouldBe(4),
            () => description.Shape.ShouldBe(new ImageShape(16, 24)),
            () => description.Seed.ShouldBe(ulong.MaxValue),
            () => description.Statistics.Mean.ShouldBe(Statistics.Mean),
            () => description.Statistics.Deviation.ShouldBe(Statistics.Deviation),
            () => description.Options!.Epochs.ShouldBe(TrainedSurrogates.Options.Epochs));
        read.Dispose();
    }

    [Fact]
    public void Missing_unknown_and_misshapen_tensors_are_named()
    {
        using var network = new Network(Architectures.Get("vgg_compact"), 4, new RandomWeights(3));
        var file = SafeTensors.Read(new MemoryStream(Write(network)), "file");

        Refusal(file, tensors => tensors.Remove("classifier.bias")).ShouldContain("\"classifier.bias\" is missing");
        Refusal(file, tensors => tensors.Add("extra", new([1], [0]))).ShouldContain("unknown tensor \"extra\"");
        Refusal(file, tensors => tensors["classifier.bias"] = new([5], new float[5])).ShouldContain("shape (5); expected (4)");
    }

    [Fact]
    public void A_safetensors_file_of_another_program_is_refused()
    {
        using var stream = new MemoryStream();
        new SafeTensors(new Dictionary<string, StoredTensor>(), new Dictionary<string, string> { ["format"] = "pt" }).Write(stream);

        Should.Throw<InputException>(() => ModelFile.Read(new MemoryStream(stream.ToArray()), "file")).Message.ShouldContain("not a model file");
    }

    [Theory]
    [InlineData(4, 16, "4 classes")]
    [InlineData(Patterns.Classes, 20, "20x20")]
    public void Surrogates_of_another_class_count_or_image_size_are_refused(int classes, int side, string part)
    {
        using var file = new MemoryStream(TrainedSurrogates.Bytes[0]);

        Should.Throw<InputException>(() => new TorchAdversary().Load([file], new(side, side), classes)).Message.ShouldContain(part);
    }

    [Fact]
    public void Statistics_are_those_of_the_set()
    {
        byte[] pixels = [.. Enumerable.Range(0, 8 * 8).SelectMany(i => new byte[] { 51, (byte)(i % 2 * 255), 0 })];

        var statistics = ChannelStatistics.Of(new ImageSet(new(8, 8), pixels, [0], ["one"]));

        statistics.Mean.ShouldBe([0.2f, 0.5f, 0]);
        statistics.Deviation.ShouldBe([1 / 255f, 0.5f, 1 / 255f]); // a constant channel keeps one level
    }

    private static byte[] Write(Network network)
    {
        using var stream = new MemoryStream();
        ModelFile.Write(stream, network, new("vgg_compact", 4, new(16, 24), Statistics, ulong.MaxValue, TrainedSurrogates.Options));
        return stream.ToArray();
    }

    private static string Refusal(SafeTensors file, Action<Dictionary<string, StoredTensor>> change)
    {
        var tensors = new Dictionary<string, StoredTensor>(file.Tensors);
        change(tensors);
        using var stream = new MemoryStream();
        (file with { Tensors = tensors }).Write(stream);
        return Should.Throw<InputException>(() => ModelFile.Read(new MemoryStream(stream.ToArray()), "file")).Message;
    }
}
