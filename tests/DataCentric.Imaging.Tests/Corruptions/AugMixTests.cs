using System.Globalization;
using System.Security.Cryptography;
using DataCentric.Images;
using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Tests.Corruptions;

/// <summary>
/// AugMix against google-research/augmix (<c>augment_and_mix.py</c>, 2,000 draws), and its operations against Pillow 9.4.0, run by us.
/// </summary>
public class AugMixTests
{
    private const int Draws = 2000;

    // SHA-256 of all pixels, the first 16 digits.
    [Theory]
    [InlineData("Syn", "autocontrast", "ee6370f7d6491aee")]
    [InlineData("Syn", "equalize", "6083bb765bf2521c")]
    [InlineData("Syn", "posterize 2", "87ba7aefa3191b59")]
    [InlineData("Syn", "posterize 4", "06a7891a4035c012")]
    [InlineData("Syn", "solarize 100", "832a3ff7621ee6b6")]
    [InlineData("Syn", "solarize 256", "6af3c0ed43157e4c")]
    [InlineData("Syn", "rotate 9", "c61c935c4635e831")]
    [InlineData("Syn", "rotate -17", "afd8d45edba1656e")]
    [InlineData("Syn", "shear_x 0.07", "3c9f9eaafcb71e7a")]
    [InlineData("Syn", "shear_x -0.25", "19a5b8bbd0eaa5d9")]
    [InlineData("Syn", "shear_y 0.13", "3c0bec800dabf3ce")]
    [InlineData("Syn", "translate_x 3", "f06a4c1996589943")]
    [InlineData("Syn", "translate_y -5", "0e445b4979d74e70")]
    [InlineData("Scene", "autocontrast", "b51fdcccc105aa3e")]
    [InlineData("Scene", "equalize", "6f6a85e34c65089c")]
    [InlineData("Scene", "posterize 2", "c85d531351630ac1")]
    [InlineData("Scene", "posterize 4", "01dfdbea7af2c0bd")]
    [InlineData("Scene", "solarize 100", "c6395da0fd6e3635")]
    [InlineData("Scene", "solarize 256", "c0d244c9429f0a0b")]
    [InlineData("Scene", "rotate 9", "a0e8bd70ceaa55ca")]
    [InlineData("Scene", "rotate -17", "039585dee6d66ecd")]
    [InlineData("Scene", "shear_x 0.07", "429386792b336eb4")]
    [InlineData("Scene", "shear_x -0.25", "84a930055dc322cc")]
    [InlineData("Scene", "shear_y 0.13", "4df35a278b4215d8")]
    [InlineData("Scene", "translate_x 3", "502376221ff4fed2")]
    [InlineData("Scene", "translate_y -5", "933aab5bc5dd42f0")]
    [InlineData("Grey", "autocontrast", "753412db29fc2970")]
    [InlineData("Grey", "equalize", "753412db29fc2970")]
    [InlineData("Grey", "posterize 2", "753412db29fc2970")]
    [InlineData("Grey", "posterize 4", "753412db29fc2970")]
    [InlineData("Grey", "solarize 100", "036f359b285349f5")]
    [InlineData("Grey", "solarize 256", "753412db29fc2970")]
    [InlineData("Grey", "rotate 9", "2b19c19e0a12ea94")]
    [InlineData("Grey", "rotate -17", "7950e35c6ca8947c")]
    [InlineData("Grey", "shear_x 0.07", "f60ccae582697898")]
    [InlineData("Grey", "shear_x -0.25", "059f98c08a0a9497")]
    [InlineData("Grey", "shear_y 0.13", "41c674d75000a192")]
    [InlineData("Grey", "translate_x 3", "0615d3638c918e16")]
    [InlineData("Grey", "translate_y -5", "91af00775a553e72")]
    public void An_operation_gives_the_bytes_of_Pillow(string image, string operation, string sha256)
    {
        var shape = image == "Scene" ? new ImageShape(40, 75) : TestImages.Shape;
        var pixels = image switch
        {
            "Scene" => TestImages.Scene(shape),
            "Grey" => [.. TestImages.Grey],
            _ => (byte[])[.. TestImages.Syn],
        };

        Operate(ref pixels, shape, operation.Split(' '));

        Convert.ToHexStringLower(SHA256.HashData(pixels))[..16].ShouldBe(sha256);
    }

    // Mean over draws of the mean absolute difference, of the mean difference, and of the share of unchanged values, each with its standard deviation.
    [Theory]
    [InlineData(1, 5.341, 6.281, 1.386, 5.929, 0.3093, 0.2889)]
    [InlineData(3, 10.454, 9.463, -2.072, 8.310, 0.1756, 0.2101)]
    [InlineData(5, 13.437, 11.618, -4.388, 9.696, 0.1415, 0.1843)]
    public void Many_draws_have_the_statistics_of_the_reference(
        int severity, double difference, double differenceDeviation, double shift, double shiftDeviation, double unchanged, double unchangedDeviation)
    {
        var augMix = CorruptionCatalog.Create("augmentations", "augmix", severity);
        var (scratch, output, image) = (new CorruptionScratch(), new byte[TestImages.Shape.ByteLength], TestImages.Syn);
        double differences = 0, shifts = 0, equals = 0;
        for (var sample = 0UL; sample < Draws; sample++)
        {
            Corrupter.Apply(11, sample, augMix, image, output, TestImages.Shape, scratch);
            differences += TestImages.Difference(image, output);
            shifts += TestImages.Mean(output) - TestImages.Mean(image);
            equals += output.Zip(image, (after, before) => after == before ? 1.0 : 0).Average();
        }

        (differences / Draws).ShouldBe(difference, Bound(differenceDeviation));
        (shifts / Draws).ShouldBe(shift, Bound(shiftDeviation));
        (equals / Draws).ShouldBe(unchanged, Bound(unchangedDeviation));

        // Four standard errors of the difference of two means.
        static double Bound(double deviation) => 4 * deviation * Math.Sqrt(2.0 / Draws);
    }

    private static void Operate(ref byte[] pixels, ImageShape shape, string[] operation)
    {
        var amount = operation.Length > 1 ? double.Parse(operation[1], CultureInfo.InvariantCulture) : 0;
        switch (operation[0])
        {
            case "autocontrast":
                PillowOperations.AutoContrast(pixels);
                return;
            case "equalize":
                PillowOperations.Equalize(pixels);
                return;
            case "posterize":
                PillowOperations.Posterize(pixels, (int)amount);
                return;
            case "solarize":
                PillowOperations.Solarize(pixels, (int)amount);
                return;
        }

        var output = new byte[pixels.Length];
        PillowOperations.Transform(pixels, output, shape, operation[0] switch
        {
            "rotate" => AffineCoefficients.Rotation(amount, shape),
            "shear_x" => new(1, amount, 0, 0, 1, 0),
            "shear_y" => new(1, 0, 0, amount, 1, 0),
            "translate_x" => new(1, 0, amount, 0, 1, 0),
            _ => new AffineCoefficients(1, 0, 0, 0, 1, amount),
        });
        pixels = output;
    }
}
