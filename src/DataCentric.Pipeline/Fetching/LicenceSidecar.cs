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

/// <summary>Licences of known data sets in their authors' words.</summary>
internal static class LicenceTexts
{
    /// <summary>github.com/zalandoresearch/fashion-mnist, file LICENSE.</summary>
    public const string FashionMnist = """
        The MIT License (MIT)

        Copyright (c) 2017 Zalando SE, https://tech.zalando.com

        Permission is hereby granted, free of charge, to any person obtaining a copy
        of this software and associated documentation files (the "Software"), to deal
        in the Software without restriction, including without limitation the rights
        to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
        copies of the Software, and to permit persons to whom the Software is
        furnished to do so, subject to the following conditions:

        The above copyright notice and this permission notice shall be included in all
        copies or substantial portions of the Software.

        THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
        IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
        FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
        AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
        LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
        OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
        SOFTWARE.
        """;

    /// <summary>Said of sets whose authors state no licence.</summary>
    public const string None = """
        The authors state no licence. Who uses the pictures, or what was made of them, finds out alone what is allowed; SPDX calls that NOASSERTION.
        """;
}
