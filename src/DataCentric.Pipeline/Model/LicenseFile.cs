using System.Text.RegularExpressions;

namespace DataCentric.Pipeline.Model;

/// <summary>The licence file of a data set. It goes with the enhanced set: most licences ask that their text accompanies copies.</summary>
/// <param name="Text">What it says.</param>
/// <param name="License">The licence it holds; <c>other</c> where it is none that is recognised.</param>
internal sealed partial record LicenseFile(string Text, DataLicense License)
{
    /// <summary>What SPDX writes where nobody says what the licence is.</summary>
    internal const string NoAssertion = "NOASSERTION";

    /// <summary>Name of the licence file in a data set's folder.</summary>
    internal const string InFolder = "LICENSE";

    /// <summary>End of the name of the licence file of a data set that is one file, as REUSE 3.3 has it (reuse.software/spec): DATA.zip.license.</summary>
    internal const string Beside = ".license";

    private const int LongestFile = 256 * 1024;
    private const int HeadLength = 400;

    private static readonly string[] Names = [InFolder, "LICENSE.txt", "LICENSE.md", "LICENCE", "LICENCE.txt", "COPYING"];

    /// <summary>Words near the beginning of a licence text, the more special first.</summary>
    private static readonly (string Words, string Id)[] Titles =
    [
        ("MIT License", "MIT"),
        ("Apache License Version 2.0", "Apache-2.0"),
        ("BSD 2-Clause", "BSD-2-Clause"),
        ("BSD 3-Clause", "BSD-3-Clause"),
        ("CC0 1.0 Universal", "CC0-1.0"),
        ("Attribution-NonCommercial-ShareAlike 4.0 International", "CC-BY-NC-SA-4.0"),
        ("Attribution-NonCommercial-NoDerivatives 4.0 International", "CC-BY-NC-ND-4.0"),
        ("Attribution-NonCommercial 4.0 International", "CC-BY-NC-4.0"),
        ("Attribution-NoDerivatives 4.0 International", "CC-BY-ND-4.0"),
        ("Attribution-ShareAlike 4.0 International", "CC-BY-SA-4.0"),
        ("Attribution 4.0 International", "CC-BY-4.0"),
        ("Open Data Commons Open Database License", "ODbL-1.0"),
        ("Community Data License Agreement - Permissive - Version 2.0", "CDLA-Permissive-2.0"),
    ];

    /// <summary>The licence file directly in a data set's folder, or that of the one file; null where there is none.</summary>
    /// <param name="dataset">File or folder of the data set.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">It is a link that leads to nothing.</exception>
    public static async Task<LicenseFile?> FindAsync(string dataset, CancellationToken cancellationToken)
    {
        var paths = Directory.Exists(dataset) ? Names.Select(name => Path.Combine(dataset, name)) : [dataset + Beside];
        var file = paths.FirstOrDefault(path => File.Exists(path) && ExactReading.Length(path) is > 0 and <= LongestFile);
        if (file is null)
            return null;
        var text = await File.ReadAllTextAsync(file, Encoding.UTF8, cancellationToken);
        return new LicenseFile(text, new DataLicense(Recognise(text) ?? "other", LicenseOrigin.File));
    }

    /// <summary>SPDX identifier of a licence text: what it says of itself, or what its title says; <c>unknown</c> where it says that nobody knows; null where neither is recognised.</summary>
    /// <param name="text">The text.</param>
    internal static string? Recognise(string text)
    {
        var declared = Declaration().Match(text).Groups[1].Value;
        if (declared == NoAssertion)
            return DataLicense.UnknownId;
        if (KnownLicenses.Find(declared) is { } known)
            return known.Spdx;
        var head = Blanks().Replace(text.Length > HeadLength ? text[..HeadLength] : text, " ").Replace(",", "", StringComparison.Ordinal);
        return Titles.FirstOrDefault(title => head.Contains(title.Words, StringComparison.OrdinalIgnoreCase)).Id;
    }

    [GeneratedRegex(@"SPDX-License-Identifier:\s*([A-Za-z0-9.+-]+)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
