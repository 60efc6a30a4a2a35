using Azure.Core;
using Azure.Identity;

namespace DataCentric.Functions;

/// <summary>
/// Who sends telemetry to Application Insights, by the setting <c>APPLICATIONINSIGHTS_AUTHENTICATION_STRING</c> that the host reads, too:
/// <c>Authorization=AAD</c> is the app's own identity, <c>ClientId=...;Authorization=AAD</c> a user-assigned one.
/// </summary>
internal static class InsightsIdentity
{
    /// <summary>Name of the setting.</summary>
    public const string Setting = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <summary>The credential that a value of the setting asks for.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Null for no value: the instrumentation key alone is sent.</returns>
    /// <exception cref="InputException">The value is none of the two.</exception>
    public static TokenCredential? Of(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return null;
        var parts = value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries))
            .ToLookup(pair => pair[0], pair => pair[^1], StringComparer.OrdinalIgnoreCase);
        if (!string.Equals(parts["Authorization"].SingleOrDefault(), "AAD", StringComparison.OrdinalIgnoreCase))
            throw new InputException($"The setting {Setting}: expected Authorization=AAD, or ClientId=...;Authorization=AAD.");
        return new ManagedIdentityCredential(
            parts["ClientId"].SingleOrDefault() is { Length: > 0 } client ? ManagedIdentityId.FromUserAssignedClientId(client) : ManagedIdentityId.SystemAssigned);
    }
}
