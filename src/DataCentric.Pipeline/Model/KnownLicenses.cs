namespace DataCentric.Pipeline.Model;

/// <summary>Licences that data sets come under, by their names in two vocabularies (spdx.org/licenses, and the dataset cards of Hugging Face).</summary>
internal static class KnownLicenses
{
    /// <summary>Names of the card that differ from the SPDX identifier by more than case.</summary>
    private static readonly Dictionary<string, string> CardNames = new(StringComparer.Ordinal)
    {
        ["ODC-By-1.0"] = "odc-by",
        ["ODbL-1.0"] = "odbl",
        ["PDDL-1.0"] = "pddl",
        ["C-UDA-1.0"] = "c-uda",
        ["GPL-3.0-only"] = "gpl-3.0",
        ["AGPL-3.0-only"] = "agpl-3.0",
        ["LGPL-3.0-only"] = "lgpl-3.0",
    };

    private static readonly string[] Spdx =
    [
        "MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MPL-2.0", "Unlicense", "ECL-2.0", "EUPL-1.2", "etalab-2.0",
        "GPL-3.0-only", "AGPL-3.0-only", "LGPL-3.0-only",
        "CC0-1.0", "CC-BY-2.0", "CC-BY-2.5", "CC-BY-3.0", "CC-BY-4.0", "CC-BY-SA-3.0", "CC-BY-SA-4.0", "CC-BY-ND-4.0",
        "CC-BY-NC-2.0", "CC-BY-NC-3.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-2.0", "CC-BY-NC-SA-3.0", "CC-BY-NC-SA-4.0", "CC-BY-NC-ND-3.0", "CC-BY-NC-ND-4.0",
        "ODC-By-1.0", "ODbL-1.0", "PDDL-1.0", "CDLA-Sharing-1.0", "CDLA-Permissive-1.0", "CDLA-Permissive-2.0", "C-UDA-1.0",
    ];

    private static readonly Dictionary<string, KnownLicense> ByName = Names();

    /// <summary>The licence of that name in either vocabulary, in any case; null where it is none of these.</summary>
    public static KnownLicense? Find(string name) => ByName.GetValueOrDefault(name);

    private static Dictionary<string, KnownLicense> Names()
    {
        var names = new Dictionary<string, KnownLicense>(StringComparer.OrdinalIgnoreCase);
        foreach (var id in Spdx)
        {
            var license = new KnownLicense(id, CardNames.GetValueOrDefault(id) ?? id.ToLowerInvariant());
            names[license.Spdx] = names[license.Card] = license;
        }

        return names;
    }
}

/// <summary>A licence.</summary>
/// <param name="Spdx">SPDX identifier.</param>
/// <param name="Card">Identifier in the header of a dataset card.</param>
internal sealed record KnownLicense(string Spdx, string Card);
