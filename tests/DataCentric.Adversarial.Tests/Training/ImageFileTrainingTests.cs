using DataCentric.Adversarial.Tests.Support;
using DataCentric.Attacks;
using DataCentric.Images;

namespace DataCentric.Adversarial.Tests.Training;

/// <summary>Training on images that stay in a file, as those of a set larger than memory do.</summary>
public sealed class ImageFileTrainingTests : IDisposable
{
    private const int Strangers = 2; // images of the file that do not belong to the set, after each that does

    private static readonly SurrogateOptions Options = new() { Epochs = 3, BatchSize = 16, CropPadding = 2 };
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_ends_with_the_bytes_of_training_on_the_same_images_in_memory(bool soft)
    {
        var images = Images(soft);
        using var file = Open(images);

        Train(file, null).ShouldBe(Train(images, null));
    }

    [Fact]
    public void A_training_in_memory_goes_on_in_a_file()
    {
        var images = Images(soft: false);
        using var file = Open(images);
        var kept = new Kept();
        using var stop = new CancellationTokenSource();
        var stopping = new Listener<TrainingProgress>(_ => stop.Cancel());
        Should.Throw<OperationCanceledException>(() => new TorchAdversary().Train(Request(images) with { Checkpoint = kept }, new MemoryStream(), stopping, stop.Token));
        var told = new List<int>();

        var model = Train(file, kept, told);

        told.ShouldBe([2, 3]);
        model.ShouldBe(Train(images, null));
    }

    private static ImageSet Images(bool soft)
    {
        var images = Patterns.Make(48);
        return soft
            ? new(images.Shape, images.Pixels, images.Labels, images.SourceIds, [.. images.Labels.SelectMany(label => Enumerable.Range(0, Patterns.Classes).Select(k => k == label ? 0.8f : 0.1f))])
            : images;
    }

    private ImageFile Open(ImageSet images)
    {
        using (var file = File.Create(_path))
        {
            for (var n = 0; n < images.Count; n++)
            {
                file.Write(images.Image(n));
                file.Write(new byte[Strangers * images.Shape.ByteLength]);
            }
        }

        return new(_path, [.. Enumerable.Range(0, images.Count).Select(n => n * (1 + Strangers))], images.Shape, images.Labels, images.SourceIds, images.SoftLabels);
    }

    private static TrainingRequest Request(ILabelledImages images) => new("vgg_compact", images, Patterns.Classes, 3, Options);

    private static byte[] Train(ILabelledImages images, ITrainingCheckpoint? checkpoint, List<int>? told = null)
    {
        using var model = new MemoryStream();
        new TorchAdversary().Train(
            Request(images) with { Checkpoint = checkpoint }, model, new Listener<TrainingProgress>(progress => told?.Add(progress.Epoch)), CancellationToken.None);
        return model.ToArray();
    }
}
