using System.Globalization;
using System.Text;
using DataCentric.Pipeline.Provenance.Licenses;

namespace DataCentric.Pipeline.Fetching;

/// <summary>
/// Says beside fetched files what their authors say about their use, where <see cref="LicenseFile"/> looks for it, so that it gets into the card
/// of whatever is made of them.
/// </summary>
internal static class LicenceSidecar
{
    /// <summary>Writes it, unless there is one.</summary>
    /// <param name="dataset">What was fetched.</param>
    /// <param name="folder">Where its files are.</param>
    /// <param name="cancellationToken">Stops; what was begun has another name.</param>
    public static async Task WriteAsync(KnownDataset dataset, string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, dataset.Opens.Length == 0 ? LicenseFile.InFolder : dataset.Opens + LicenseFile.Beside);
        if (File.Exists(path))
            return;
        await File.WriteAllTextAsync(path + ".part", Text(dataset), new UTF8Encoding(false), cancellationToken);
        File.Move(path + ".part", path);
    }

    private static string Text(KnownDataset dataset) => string.Create(CultureInfo.InvariantCulture, $"""
        SPDX-License-Identifier: {KnownLicenses.Find(dataset.Licence)?.Spdx ?? LicenseFile.NoAssertion}

        {dataset.Title}
        {dataset.Address}
        Licence: {dataset.Licence}

        {dataset.LicenceText}
        """).TrimEnd() + "\n";
}
