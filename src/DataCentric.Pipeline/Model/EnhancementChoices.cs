using System.Collections;
using System.Text.Json.Nodes;

namespace DataCentric.Pipeline.Model;

/// <summary>
/// What a user chose, by the names that options have in JSON (<c>--linf-epsilon</c> is <c>linfEpsilon</c>). What is not chosen comes from
/// the profile or is the default of <see cref="EnhancementRequest"/>.
/// </summary>
public sealed class EnhancementChoices : IEnumerable<(OptionEntry Option, object Value)>
{
    private const string ProfileName = "profile";
    private const string ArchitecturesName = "architectures";
    private const string InitName = "surrogateInit";

    /// <summary>The options in the order in which they are told: properties of the request.</summary>
    private static readonly string[] Order =
    [
        nameof(EnhancementRequest.Dataset), nameof(ProfileChoice.Profile), nameof(EnhancementRequest.Split),
        nameof(EnhancementRequest.Selection), nameof(EnhancementRequest.SelectionBalance), nameof(EnhancementRequest.KindCandidates), nameof(EnhancementRequest.Labels), nameof(EnhancementRequest.Seed),
        nameof(EnhancementRequest.Limit), nameof(EnhancementRequest.Reading), nameof(EnhancementRequest.Corruptions), nameof(EnhancementRequest.Attack),
        nameof(EnhancementRequest.Surrogates), nameof(EnhancementRequest.SurrogateModels), nameof(EnhancementRequest.SurrogateInit), nameof(EnhancementRequest.HeldOut),
        nameof(EnhancementRequest.Formats), nameof(EnhancementRequest.Folder), nameof(EnhancementRequest.Name), nameof(EnhancementRequest.License), nameof(EnhancementRequest.DataVersion),
        nameof(EnhancementRequest.Score),
    ];

    private readonly Dictionary<string, object> _values = [];

    /// <summary>All options of a run.</summary>
    public static IReadOnlyList<OptionEntry> Options { get; } =
    [
        .. OptionEntry.Of<ProfileChoice>().Concat(OptionEntry.Of<EnhancementRequest>())
            .OrderBy(option => Array.IndexOf(Order, option.Root) is >= 0 and var place ? place : Order.Length),
    ];

    /// <summary>A choice by its name in JSON; null where the user made none.</summary>
    /// <param name="name">Name of one of <see cref="Options"/>.</param>
    /// <exception cref="ArgumentException">There is no such option, or its values are of another type.</exception>
    public object? this[string name]
    {
        get => _values.GetValueOrDefault(name);
        set
        {
            var option = OptionOf(name);
            if (value is null)
                _values.Remove(name);
            else
                _values[name] = option.Type.IsInstanceOfType(value) ? value : throw new ArgumentException($"'{name}' is a {option.Type.Name}.", nameof(value));
        }
    }

    /// <summary>The option of a name in JSON.</summary>
    /// <param name="name">Such as <c>linfEpsilon</c>.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static OptionEntry OptionOf(string name) =>
        Options.FirstOrDefault(option => option.JsonName == name) ?? throw new ArgumentException($"There is no option '{name}'.", nameof(name));

    /// <summary>Choices that make a request: the profile that fits it best, and what differs from it and from the defaults.</summary>
    /// <param name="request">A request, apart from its run id.</param>
    public static EnhancementChoices Of(EnhancementRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return EnhancementProfiles.All.Select(profile => Of(request, profile)).MinBy(choices => choices._values.Count)!;
    }

    /// <summary>The request that the choices make.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <exception cref="InputException">There is no such profile. Ranges are left to <see cref="EnhancementRequest.Validate"/>.</exception>
    public EnhancementRequest ToRequest(string runId)
    {
        var request = EnhancementProfiles.Get((string?)this[ProfileName] ?? EnhancementProfiles.Recommended.Name).Request(runId, dataset: "", this[InitName] is not null);
        foreach (var (option, value) in this.Where(choice => choice.Option.JsonName != ProfileName))
            request = option.With(request, value);
        return request;
    }

    /// <summary>The choices as the body of a start over HTTP, and as a sidecar, has them.</summary>
    public JsonObject ToJson() =>
        new(this.Select(choice => KeyValuePair.Create(choice.Option.JsonName, JsonSerializer.SerializeToNode(choice.Value, choice.Option.Type, PipelineJson.Compact))));

    /// <inheritdoc/>
    public IEnumerator<(OptionEntry Option, object Value)> GetEnumerator() =>
        Options.Where(option => _values.ContainsKey(option.JsonName)).Select(option => (option, _values[option.JsonName])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static EnhancementChoices Of(EnhancementRequest request, EnhancementProfile profile)
    {
        var usual = profile.Request(request.RunId, dataset: "", request.SurrogateInit is not null);
        var choices = new EnhancementChoices { [ProfileName] = profile == EnhancementProfiles.Recommended ? null : profile.Name };
        foreach (var option in Options.Where(option => option.JsonName != ProfileName && option.Differs(request, usual)))
        {
            if (SaysSomething(option, request))
                choices[option.JsonName] = option.Get(request);
        }

        return choices;
    }

    private static bool SaysSomething(OptionEntry option, EnhancementRequest request) => option.Root switch
    {
        nameof(EnhancementRequest.Surrogates) when option.JsonName == ArchitecturesName => !request.HasModels, // Models tell theirs.
        nameof(EnhancementRequest.Surrogates) => request.SurrogateModels is null, // Networks that are imported are not trained.
        nameof(EnhancementRequest.SelectionBalance) or nameof(EnhancementRequest.KindCandidates) => request.Selection != SelectionRule.Random, // Chance has no ranking.
        _ => true,
    };
}
