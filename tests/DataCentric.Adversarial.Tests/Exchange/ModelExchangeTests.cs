using DataCentric.Adversarial.Exchange;
using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Networks;
using DataCentric.Adversarial.Tests.Support;
using DataCentric.Attacks;
using DataCentric.Images;
using TorchSharp;

namespace DataCentric.Adversarial.Tests.Exchange;

public class ModelExchangeTests
{
    private const string Architecture = "resnet20";
    private static readonly ImportRequest Request = new(Architecture, new(32, 32), [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    [Fact]
    public void Imported_weights_are_a_model_file_that_computes_the_same()
    {
        using var scope = torch.NewDisposeScope();
        using var network = new Network(Architectures.Get(Architecture), 7, new RandomWeights(3));
        var images = torch.rand(2, 3, 32, 32);

        var (content, model) = Import(Request, Npz(ModelFile.Tensors(network)));

        content.ClassCount.ShouldBe(7);
        content.Parameters.ShouldBe(network.ParameterCount);
        var (read, description) = ModelFile.Read(new MemoryStream(model), "model");
        read.Forward(images).data<float>().ToArray().ShouldBe(network.Forward(images).data<float>().ToArray());
        read.Dispose();
        description.ShouldSatisfyAllConditions(
            () => description.Architecture.ShouldBe(Architecture),
            () => description.Shape.ShouldBe(new ImageShape(32, 32)),
            () => description.Statistics.Mean.ShouldBe(Request.Mean),
            () => description.Statistics.Deviation.ShouldBe(Request.Deviation),
            () => description.Seed.ShouldBeNull(),
            () => description.Options.ShouldBeNull(),
            () => description.ImportedFrom!.Length.ShouldBe(64));
    }

    [Fact]
    public void A_model_file_is_told_from_all_others()
    {
        var (_, model) = Import(Request, Npz(Tensors()));
        using var foreign = new MemoryStream();
        new SafeTensors(Tensors(), new Dictionary<string, string> { ["format"] = "pt" }).Write(foreign);

        ModelExchange.IsModel(new MemoryStream(model)).ShouldBeTrue();
        foreach (var other in new[] { foreign.ToArray(), [], model[..7], model[..100], Npz(Tensors()), [.. "null"u8] })
            ModelExchange.IsModel(new MemoryStream(other)).ShouldBeFalse();
    }

    [Fact]
    public void The_same_weights_as_npz_safetensors_and_checkpoint_give_the_same_tensors()
    {
        var tensors = Tensors();
        using var safetensors = new MemoryStream();
        new SafeTensors(tensors, new Dictionary<string, string> { ["format"] = "pt" }).Write(safetensors);
        var checkpoint = TorchFile.Make(
            TorchFile.StateDict([.. tensors.Select((pair, i) => ($"module.{pair.Key}", Whole(pair.Value, i)))]),
            [.. tensors.Values.Select(tensor => TorchFile.Floats(tensor.Values))]);

        var models = new[] { Npz(tensors), safetensors.ToArray(), checkpoint }.Select(file => Import(Request, file).Model).ToArray();

        var expected = SafeTensors.Read(new MemoryStream(models[0]), "npz").Tensors;
        foreach (var model in models[1..])
        {
            var other = SafeTensors.Read(new MemoryStream(model), "other").Tensors;
            other.Keys.ShouldBe(expected.Keys);
            other.ShouldAllBe(pair => pair.Value.Values.SequenceEqual(expected[pair.Key].Values));
        }

        static byte[] Whole(StoredTensor tensor, int storage) =>
            TorchFile.Tensor("Float", storage, tensor.Values.Length, tensor.Shape, StridedLayout.RowMajor(tensor.Shape).Strides);
    }

    [Fact]
    public void Exported_tensors_are_those_that_were_imported()
    {
        var weights = Npz(Tensors());
        var (imported, model) = Import(Request, weights);
        using var npz = new MemoryStream();

        var exported = ModelExchange.Export(new MemoryStream(model), "model", npz);

        npz.ToArray().ShouldBe(weights);
        exported.ShouldBeEquivalentTo(imported);
    }

    [Fact]
    public void Tensors_that_do_not_fit_the_network_are_named()
    {
        Refusal(tensors => tensors.Remove("layer2.0.bn1.weight")).ShouldContain("tensor \"layer2.0.bn1.weight\" is missing");
        Refusal(tensors => tensors.Add("layer4.0.conv1.weight", new([1], [0]))).ShouldContain("unknown tensor \"layer4.0.conv1.weight\"");
        Refusal(tensors => tensors["conv1.weight"] = new([16, 1, 3, 3], new float[144])).ShouldContain("shape (16, 1, 3, 3); expected (16, 3, 3, 3)");
        Refusal(tensors => tensors["linear.bias"] = new([11], new float[11])).ShouldContain("\"linear.bias\" has shape (11); expected (10)");
        Refusal(tensors => tensors["linear.weight"] = new([1, 64], new float[64])).ShouldContain("is for 1 classes");
        Refusal(tensors => tensors.Remove("linear.weight")).ShouldContain("tensor \"linear.weight\" is missing, whose rows are the classes");
        Refusal(tensors => tensors.Add("fc.weight", new([10, 64], new float[640]))).ShouldContain("unknown tensor \"fc.weight\"");
        Refusal(tensors => tensors["bn1.weight"].Values[3] = float.PositiveInfinity).ShouldContain("\"bn1.weight\" holds values that are not finite");
    }

    [Theory]
    [InlineData("resnet9000", 32, new[] { 0.5f, 0.5f, 0.5f }, new[] { 0.2f, 0.2f, 0.2f }, "no architecture \"resnet9000\"")]
    [InlineData(Architecture, 4, new[] { 0.5f, 0.5f, 0.5f }, new[] { 0.2f, 0.2f, 0.2f }, "4x4")]
    [InlineData(Architecture, 32, new[] { 125.3f, 123f, 113.9f }, new[] { 0.2f, 0.2f, 0.2f }, "mean is (125.3, 123, 113.9)")]
    [InlineData(Architecture, 32, new[] { 0.5f, 0.5f }, new[] { 0.2f, 0.2f, 0.2f }, "mean is (0.5, 0.5); expected 3 numbers")]
    [InlineData(Architecture, 32, new[] { 0.5f, 0.5f, 0.5f }, new[] { 0.2f, 0f, 0.2f }, "deviation is (0.2, 0, 0.2)")]
    [InlineData(Architecture, 32, new[] { 0.5f, 0.5f, 0.5f }, new[] { 0.2f, float.NaN, 0.2f }, "deviation is (0.2, NaN, 0.2)")]
    public void Requests_that_cannot_be_are_refused(string architecture, int side, float[] mean, float[] deviation, string reason)
    {
        Should.Throw<InputException>(() => Import(new(architecture, new(side, side), mean, deviation), Npz(Tensors())))
            .Message.ShouldContain(reason);
    }

    [Fact]
    public void Nothing_is_written_for_weights_that_do_not_fit()
    {
        using var model = new MemoryStream();

        Should.Throw<InputException>(() => ModelExchange.Import(Request with { Architecture = "resnet32" }, new MemoryStream(Npz(Tensors())), "w.npz", model));

        model.Length.ShouldBe(0);
    }

    private static Dictionary<string, StoredTensor> Tensors()
    {
        using var network = new Network(Architectures.Get(Architecture), 10, new RandomWeights(3));
        return ModelFile.Tensors(network);
    }

    private static byte[] Npz(Dictionary<string, StoredTensor> tensors)
    {
        using var stream = new MemoryStream();
        DataCentric.Adversarial.Exchange.Npz.Write(stream, tensors);
        return stream.ToArray();
    }

    private static (ModelContent Content, byte[] Model) Import(ImportRequest request, byte[] weights)
    {
        using var model = new MemoryStream();
        var content = ModelExchange.Import(request, new MemoryStream(weights), "weights", model);
        return (content, model.ToArray());
    }

    private static string Refusal(Action<Dictionary<string, StoredTensor>> change)
    {
        var tensors = Tensors();
        change(tensors);
        return Should.Throw<InputException>(() => Import(Request, Npz(tensors))).Message;
    }
}
