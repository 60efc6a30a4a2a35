using System.Text.RegularExpressions;
using DataCentric.Imaging.Formats.Archives;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// A tar file in which neighbouring files of one key are a sample, as in the <c>webdataset</c> library: the key is the path without the first dot of the
/// file's name and what follows, which is the name of the member. Files without such a dot are none of a sample.
/// </summary>
internal static partial class WebDatasetShard
{
    private const int LongestText = 1 << 20;
    private const int Looked = 200;

    /// <summary>Whether a file is one by its content: among its first samples is one with a picture and a label.</summary>
    public static bool IsOne(string path)
    {
        if (!File.Exists(path) || ExactReading.Length(path) == 0 || ExactReading.Start(path, 2) is [0x1F, 0x8B] or [(byte)'P', (byte)'K'] || !ArchiveEntries.IsArchive(path))
            return false;
        var found = false;
        try
        {
            foreach (var sample in Samples(path, withTexts: false, Looked))
                found |= sample.Picture is not null && sample.Members.Any(member => WebDatasetLabel.IsLabel(member.Name, isNested: sample.Key.Contains('/')));
        }
        catch (InputException)
        {
            // Broken behind its beginning; whoever opens it says so.
        }

        return found;
    }

    /// <summary>The samples in order, from headers alone but for the short texts that may be labels.</summary>
    /// <param name="path">The tar file, not compressed.</param>
    /// <param name="withTexts">Whether texts are read.</param>
    /// <param name="most">Number of files that are looked at.</param>
    /// <exception cref="InputException">The file is broken, or a key comes again after another.</exception>
    public static IEnumerable<WebDatasetSample> Samples(string path, bool withTexts, int most = int.MaxValue)
    {
        var seen = new Dictionary<string, long>(StringComparer.Ordinal);
        WebDatasetSample? sample = null;
        foreach (var entry in ArchiveEntries.OfTar(path).Take(most))
        {
            if (Name().Match(entry.Name) is not { Success: true } name)
                continue;
            var (key, member) = (name.Groups["key"].Value, name.Groups["member"].Value.ToLowerInvariant());
            if (sample?.Key != key)
            {
                if (sample is not null)
                    yield return sample;
                if (!seen.TryAdd(key, entry.Offset))
                    throw new InputException($"{path}, key \"{key}\" (byte {entry.Offset}): comes again after another key; the first is at byte {seen[key]}. Expected the files of a sample beside each other, and keys that differ.");
                sample = new(path, key, entry.Offset, []);
            }

            if (sample.Members.Any(other => other.Name == member))
                throw new InputException($"{sample.Place}: has two files \"{member}\".");
            var text = withTexts && entry.Length <= LongestText && WebDatasetLabel.IsLabel(member, isNested: false) ? Content(path, entry) : null;
            sample.Members.Add(new(member, entry.Offset, entry.Length, text));
        }

        if (sample is not null)
            yield return sample;
    }

    private static byte[] Content(string path, ArchiveEntry entry)
    {
        var bytes = new byte[entry.Length];
        ExactReading.Fill(entry.Open(), bytes, () => $"{path}, \"{entry.Name}\" (byte {entry.Offset})");
        return bytes;
    }

    [GeneratedRegex(@"^(?:\./)*(?<key>(?:.*/)?[^./][^./]*)\.(?<member>[^/]+)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Name();
}

/// <summary>A sample of a shard.</summary>
/// <param name="Shard">The tar file.</param>
/// <param name="Key">What the names of its files have in common.</param>
/// <param name="Offset">Byte at which its first file's content begins.</param>
/// <param name="Members">Its files.</param>
internal sealed record WebDatasetSample(string Shard, string Key, long Offset, List<WebDatasetMember> Members)
{
    /// <summary>Names it, for messages.</summary>
    public string Place => $"{Shard}, key \"{Key}\" (byte {Offset})";

    /// <summary>Its picture: of several the one whose member is nothing but an ending, such as jpg beside seg.png; null where there is none.</summary>
    /// <exception cref="InputException">There are several.</exception>
    public WebDatasetMember? Picture
    {
        get
        {
            WebDatasetMember[] pictures = [.. Members.Where(member => PictureFiles.IsRead("." + member.Name))];
            WebDatasetMember[] plain = [.. pictures.Where(member => !member.Name.Contains('.'))];
            return plain.Length == 1 ? plain[0] : pictures.Length <= 1 ? pictures.FirstOrDefault()
                : throw new InputException($"{Place}: has several pictures: {string.Join(", ", pictures.Select(member => member.Name))}; expected one.");
        }
    }
}

/// <summary>A file of a sample.</summary>
/// <param name="Name">What follows the key and its dot, in small letters, such as jpg.</param>
/// <param name="Offset">Byte at which its content begins.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Text">Its content where it may be a label, is not too long and is asked for.</param>
internal sealed record WebDatasetMember(string Name, long Offset, long Length, byte[]? Text);
