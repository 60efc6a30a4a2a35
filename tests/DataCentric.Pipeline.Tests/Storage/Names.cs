using CsCheck;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Storage;

/// <summary>Generators of item names.</summary>
internal static class Names
{
    private static readonly Gen<string> Characters = Gen.Frequency(
        (20, Gen.Char['a', 'z'].Select(c => c.ToString())),
        (5, Gen.Char['A', 'Z'].Select(c => c.ToString())),
        (5, Gen.Char[' ', '~'].Select(c => c.ToString())),
        (3, Gen.OneOf(new[] { "é", "ß", "猫", "ไ", "😀", "𝒳", "%", "#", "&", "+", "%2F", "..", "=" }.Select(Gen.Const).ToArray())),
        (2, Gen.Char.Select(c => c.ToString())));

    /// <summary>Names of 1 to 4 segments that keep the rules.</summary>
    public static Gen<string> Valid { get; } = Text.Where(ItemName.IsValid);

    /// <summary>Any text, more often than not near the rules.</summary>
    public static Gen<string> Text => Characters.Array[1, 12].Select(string.Concat).Array[1, 4].Select(s => string.Join('/', s));


}
