namespace DataCentric.Pipeline.Model;

/// <summary>Terms of the source data, which are those of the enhanced set as well: it is made of the same pictures.</summary>
/// <param name="Id">SPDX identifier such as <c>CC-BY-4.0</c>, an https address of the terms, another name, or <c>unknown</c>.</param>
/// <param name="Origin">Who says so.</param>
public sealed record DataLicense(string Id, LicenseOrigin Origin)
{
    /// <summary>Identifier of terms that nobody stated.</summary>
    public const string UnknownId = "unknown";

    /// <summary>Longest identifier.</summary>
    public const int LongestId = 200;

    private const string Spdx = "https://spdx.org/licenses/";

    /// <summary>Whether nobody stated the terms.</summary>
    [JsonIgnore]
    public bool IsUnknown => Id == UnknownId;

    /// <summary>Where the terms can be read; null where no address is known.</summary>
    [JsonIgnore]
    public string? Address => KnownLicenses.Find(Id) is { } known ? $"{Spdx}{known.Spdx}.html" : IsAddress(Id) ? Id : null;

    /// <summary>What a request states, in the spelling of SPDX where it is an SPDX identifier; null where it states nothing.</summary>
    /// <param name="id">The request's licence, valid by <see cref="Problem"/>.</param>
    public static DataLicense? Stated(string? id) =>
        id is null ? null : new(KnownLicenses.Find(id)?.Spdx ?? (IsUnknownWord(id) ? UnknownId : id), LicenseOrigin.Stated);

    /// <summary>What is wrong with a licence that a user names; null when nothing is.</summary>
    /// <param name="id">What the user wrote, or null.</param>
    public static string? Problem(string? id)
    {
        if (id is null || KnownLicenses.Find(id) is not null || IsUnknownWord(id))
            return null;
        var isName = id.Length is > 0 and <= LongestId && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '+' or '_');
        return isName || IsAddress(id)
            ? null
            : $"license: '{id}' is not an SPDX identifier (such as CC-BY-4.0 or MIT), an https address of the terms, or '{UnknownId}'.";
    }

    private static bool IsUnknownWord(string id) => id.Equals(UnknownId, StringComparison.OrdinalIgnoreCase);

    private static bool IsAddress(string id) =>
        id.Length <= LongestId && Uri.TryCreate(id, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && !id.Any(char.IsWhiteSpace);
}

/// <summary>Who states the terms of a data set.</summary>
public enum LicenseOrigin
{
    /// <summary>Nobody.</summary>
    Nobody,

    /// <summary>The request.</summary>
    Stated,

    /// <summary>A licence file in the data set's folder, or beside its one file.</summary>
    File,
}
