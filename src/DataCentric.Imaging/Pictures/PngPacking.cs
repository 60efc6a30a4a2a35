namespace DataCentric.Imaging.Pictures;

/// <summary>How a PNG file holds its filtered pixels; no pixel changes in either.</summary>
public enum PngPacking
{
    /// <summary>
    /// Huffman-coded without a search for repeats, for files on their own. On 32x32 photographs this takes half the time of a general
    /// encoder at its fastest and files grow by 8 %: such images hold no repeats that are worth the search.
    /// </summary>
    Huffman,

    /// <summary>
    /// As they are (RFC 1951, section 3.2.4), for a container that compresses many files together: Zstandard packs the filtered pixels
    /// of a Parquet column as small as Huffman coding does and in a quarter of its time.
    /// </summary>
    Stored,
}
