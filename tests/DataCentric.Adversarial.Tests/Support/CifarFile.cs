using DataCentric.Images;

namespace DataCentric.Adversarial.Tests.Support;

/// <summary>Reads CIFAR-10's binary records: a label byte and three planes of 32 x 32.</summary>
internal static class CifarFile
{
    public static ImageSet Read(string path, int first = 0, int count = int.MaxValue)
    {
        const int plane = 32 * 32, record = 1 + (3 * plane);
        var bytes = File.ReadAllBytes(path);
        count = Math.Min(count, (bytes.Length / record) - first);
        var pixels = new byte[count * 3 * plane];
        var labels = new int[count];
        for (var n = 0; n < count; n++)
        {
            var image = bytes.AsSpan((first + n) * record, record);
            labels[n] = image[0];
            for (var i = 0; i < 3 * plane; i++)
                pixels[(n * 3 * plane) + (i % plane * 3) + (i / plane)] = image[1 + i];
        }

        return new(new(32, 32), pixels, labels, [.. Enumerable.Range(first, count).Select(n => $"{Path.GetFileName(path)}#{n}")]);
    }
}
