using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Reading;

namespace DataCentric.Imaging.Tests.Formats;

public class ImageSourceTests
{
    [Fact]
    public void A_missing_path_is_named()
    {
        Should.Throw<InputException>(() => ImageSource.Open("/no/such/place"))
            .Message.ShouldBe("/no/such/place: there is no such file or folder.");
    }

    [Fact]
    public void When_unsure_the_message_says_what_was_looked_for()
    {
        using var folder = new TempFolder();
        var path = folder.Write("x.dat", "PK34");

        foreach (var unknown in (string[])[folder.Path, path, folder.Write("empty", "")])
        {
            var message = Should.Throw<InputException>(() => ImageSource.Open(unknown)).Message;
            message.ShouldStartWith($"{unknown}: this is not a data set of a known format");
            foreach (var expected in (string[])["npy pair", "IDX", "CIFAR binary", "image folder"])
                message.ShouldContain(expected);
        }
    }

    [Fact]
    public void A_factor_makes_floats_levels_and_every_set_can_be_resized()
    {
        using var folder = new TempFolder();
        folder.Write("data.npy", NpyFile.Make("<f4", "(1, 8, 8, 3)", [.. Enumerable.Repeat(BitConverter.GetBytes(0.5f), 192).SelectMany(bytes => bytes)]));
        folder.Write("label.npy", NpyFile.Make("|u1", "(1,)", [0]));
        using var reader = ImageSource.Open(folder.Path, new() { Scale = 255, Resize = new(new(16, 12)) });

        var set = reader.ReadAll();

        set.Shape.ShouldBe(new DataCentric.Images.ImageShape(16, 12));
        set.Pixels.ShouldAllBe(value => value == 128); // 127.5 to even
        Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message.ShouldContain("--scale 255");
    }

    [Fact]
    public void Choices_without_effect_are_refused()
    {
        using var folder = new TempFolder();
        var file = folder.Write("a.bin", Made.Cifar(0, 1));

        foreach (var (options, name) in new (ReadingOptions, string)[]
        {
            (new() { Part = "test" }, "--part"),
            (new() { Scale = 255 }, "--scale"),
            (new() { Classes = ["0"] }, "--classes"),
            (new() { LimitPerClass = 1 }, "--limit-per-class"),
            (new() { LabelTable = "a:b,c" }, "--label-table"),
        })
            Should.Throw<InputException>(() => ImageSource.Open(file, options)).Message.ShouldContain(name);
    }

    [Fact]
    public async Task A_pipe_is_no_data_set_and_nobody_waits_for_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes among files.");
        using var folder = new TempFolder();
        using (var process = System.Diagnostics.Process.Start("mkfifo", [folder.File("pipe")]))
            await process.WaitForExitAsync(CancellationToken.None);

        var opening = Task.Run(() => ImageSource.Open(folder.File("pipe")), CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1), CancellationToken.None);

        (await Should.ThrowAsync<InputException>(() => opening)).Message.ShouldContain("this is not a data set of a known format");
    }

    [Fact]
    public void The_format_is_told_by_content()
    {
        using var folder = new TempFolder();
        var path = folder.Write("records.dat", Made.Cifar(1, 2));

        using var reader = ImageSource.Open(path);

        reader.Info.Format.ShouldBe("cifar-binary");
    }

    [Fact]
    public void The_files_of_a_set_come_in_a_fixed_order_with_lengths()
    {
        using var folder = new TempFolder();
        folder.Write("data_batch_2.bin", Made.Cifar(4, 5));
        folder.Write("data_batch_1.bin", Made.Cifar(1));
        folder.Write("batches.meta.txt", "a\nb");
        folder.Write("readme.html", "not part of it");

        var files = DatasetFiles.Of(folder.Path);

        files.Select(file => (file.RelativePath, file.Length)).ShouldBe(
            [("data_batch_1.bin", 3073L), ("data_batch_2.bin", 6146), ("batches.meta.txt", 3)]);
        files.ShouldAllBe(file => File.Exists(file.FullPath));
        DatasetFiles.Of(folder.File("data_batch_2.bin")).Select(file => file.RelativePath)
            .ShouldBe(["data_batch_2.bin", "batches.meta.txt"]);
    }

    [Fact]
    public void Symbolic_links_are_what_they_point_to()
    {
        using var folder = new TempFolder();
        var kept = folder.Write("blobs/5d41402a", Made.Cifar(1, 2));
        File.CreateSymbolicLink(folder.File("again"), kept);
        Directory.CreateDirectory(folder.File("set"));
        File.CreateSymbolicLink(folder.File("set/data_batch_1.bin"), folder.File("again"));

        using var reader = ImageSource.Open(folder.File("set"));

        reader.Read(10).Labels.ShouldBe([1, 2]);
        DatasetFiles.Of(folder.File("set")).ShouldHaveSingleItem().Length.ShouldBe(2 * 3073);
    }

    [Fact]
    public void The_files_of_the_sample_are_images_labels_and_names() =>
        DatasetFiles.Of(RealData.Sample("")).Select(file => file.RelativePath)
            .ShouldBe(["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "classes.txt"]);

    [Theory]
    [InlineData("a\n\nb\n", "line 2: is blank")]
    [InlineData("a\nb\na\n", "line 3: 'a' is also on line 1")]
    public void Class_names_have_to_be_one_a_line_and_differ(string text, string reason)
    {
        using var folder = new TempFolder();
        folder.Write("data_batch_1.bin", Made.Cifar(1));
        folder.Write("batches.meta.txt", text);

        Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message.ShouldContain($"batches.meta.txt, {reason}");
    }
}
