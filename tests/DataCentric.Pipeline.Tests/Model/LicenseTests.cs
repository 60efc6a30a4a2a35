using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Tests.Storage;

namespace DataCentric.Pipeline.Tests.Model;

public sealed class LicenseTests
{
    [Theory]
    [InlineData("mit", "MIT", "https://spdx.org/licenses/MIT.html")]
    [InlineData("cc-by-4.0", "CC-BY-4.0", "https://spdx.org/licenses/CC-BY-4.0.html")]
    [InlineData("odbl", "ODbL-1.0", "https://spdx.org/licenses/ODbL-1.0.html")]
    [InlineData("https://example.org/terms", "https://example.org/terms", "https://example.org/terms")]
    [InlineData("House-Rules-1", "House-Rules-1", null)]
    [InlineData("UNKNOWN", "unknown", null)]
    public void A_stated_licence_is_spelt_as_SPDX_spells_it_and_has_an_address_where_one_is_known(string stated, string id, string? address)
    {
        DataLicense.Problem(stated).ShouldBeNull();
        var license = DataLicense.Stated(stated)!;

        license.ShouldBe(new DataLicense(id, LicenseOrigin.Stated));
        license.Address.ShouldBe(address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("http://example.org/terms")]
    [InlineData("javascript:alert(1)")]
    [InlineData("MIT\nlicense: other")]
    public void What_is_no_licence_is_refused_by_name(string stated) => DataLicense.Problem(stated)!.ShouldContain($"'{stated}'");

    [Theory]
    [InlineData("The MIT License (MIT)\n\nCopyright (c) 2017 Zalando SE", "MIT")]
    [InlineData("\n   Apache License\n   Version 2.0, January 2004", "Apache-2.0")]
    [InlineData("Attribution-ShareAlike 4.0 International", "CC-BY-SA-4.0")]
    [InlineData("Creative Commons Legal Code\n\nCC0 1.0 Universal", "CC0-1.0")]
    [InlineData("Do what you like.\nSPDX-License-Identifier: CC-BY-4.0", "CC-BY-4.0")]
    [InlineData("All rights reserved.", null)]
    public void A_licence_text_is_recognised_by_its_title_or_its_declaration(string text, string? id) => LicenseFile.Recognise(text).ShouldBe(id);

    [Fact]
    public async Task The_licence_file_of_the_bundled_sample_is_found()
    {
        var found = await LicenseFile.FindAsync(Path.Combine(RealData.Root, "samples", "fashion-mnist"), CancellationToken.None);

        found!.License.ShouldBe(new DataLicense("MIT", LicenseOrigin.File));
        found.Text.ShouldContain("Zalando");
    }

    [Fact]
    public async Task A_licence_file_that_is_a_link_to_a_pipe_is_waited_for_by_nobody()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes among files.");
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["set"]);
        using (var process = System.Diagnostics.Process.Start("mkfifo", [folder["pipe"]]))
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(folder["set/LICENSE"], folder["pipe"]);

        var found = await Task.Run(() => LicenseFile.FindAsync(folder["set"], CancellationToken.None)).WaitAsync(TimeSpan.FromSeconds(20), CancellationToken.None);

        found.ShouldBeNull();
    }

    [Fact]
    public async Task A_licence_file_beside_a_data_set_of_one_file_is_not_taken_for_its_own()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "LICENSE"), "MIT License");
        var data = Path.Combine(folder.Path, "data.npy");
        await File.WriteAllTextAsync(data, "");

        (await LicenseFile.FindAsync(data, CancellationToken.None)).ShouldBeNull();
        (await LicenseFile.FindAsync(folder.Path, CancellationToken.None)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("1.0.0")]
    [InlineData("0.10.2-rc.1+build.5")]
    [InlineData(null)]
    public void A_semantic_version_is_accepted(string? version) => SemanticVersion.Problem(version).ShouldBeNull();

    [Theory]
    [InlineData("1.0")]
    [InlineData("v1.0.0")]
    [InlineData("01.0.0")]
    [InlineData("1.0.0\n")]
    [InlineData("")]
    public void Anything_else_is_refused(string version) => SemanticVersion.Problem(version)!.ShouldContain("semantic version");
}
