using DataCentric.Images;

namespace DataCentric.Core.Tests;

public sealed class ImageFileTests : IDisposable
{
    private static readonly ImageShape Shape = new(8, 9);
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Images_come_from_their_places_in_the_file()
    {
        Write(5);
        using var images = new ImageFile(_path, [3, 0], Shape, [1, 2], ["#3", "#0"]);
        var image = new byte[Shape.ByteLength];

        images.Read(0, image);
        image.ShouldAllBe(level => level == 3);
        images.Read(1, image);
        image.ShouldAllBe(level => level == 0);
        images.Count.ShouldBe(2);
    }

    [Fact]
    public void An_image_that_the_file_does_not_hold_as_a_whole_is_told()
    {
        Write(2);
        using (var file = File.OpenWrite(_path))
            file.SetLength((2 * Shape.ByteLength) - 1);
        using var images = new ImageFile(_path, [0, 1], Shape, [1, 2], ["a", "b"]);

        Should.Throw<EndOfStreamException>(() => images.Read(1, new byte[Shape.ByteLength])).Message.ShouldBe($"{_path} ends before image 1 does.");
    }

    [Fact]
    public void It_is_closed_once()
    {
        Write(1);
        var closed = 0;
        var images = new ImageFile(_path, [0], Shape, [0], ["a"], onDispose: () => closed++);

        images.Dispose();
        images.Dispose();

        closed.ShouldBe(1);
        Should.Throw<ObjectDisposedException>(() => images.Read(0, new byte[Shape.ByteLength]));
    }

    [Fact]
    public void Arrays_that_do_not_agree_are_refused()
    {
        Write(2);

        Should.Throw<ArgumentException>(() => new ImageFile(_path, [0, 1], Shape, [1], ["a"])).Message.ShouldStartWith("2 records and 1 source ids for 1 labels.");
    }

    /// <summary>Images whose levels are their numbers.</summary>
    private void Write(int count) => File.WriteAllBytes(_path, [.. Enumerable.Range(0, count).SelectMany(n => Enumerable.Repeat((byte)n, Shape.ByteLength))]);
}
