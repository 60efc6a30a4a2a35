using System.Collections;
using System.Reflection;

namespace DataCentric.Pipeline.Model;

/// <summary>Finds what a document read from JSON lacks: members, list items and values that are null where their types say that they never are.</summary>
internal static class Completeness
{
    private static readonly string OwnNamespace = typeof(InputException).Namespace!;

    /// <summary>The path of the first one that is missing, such as <c>input.inputHash</c>; null where all are there.</summary>
    /// <param name="document">The document.</param>
    public static string? FindMissing(object document) => Find(document, "", new NullabilityInfoContext());

    private static string? Find(object value, string path, NullabilityInfoContext nullability) => value switch
    {
        string => null,
        IDictionary map => map.Keys.Cast<object>().Select(key => FindItem(map[key], $"{path}.{key}")).FirstOrDefault(found => found is not null),
        IEnumerable list => list.Cast<object?>().Select((item, n) => FindItem(item, $"{path}[{n}]")).FirstOrDefault(found => found is not null),
        _ when value.GetType().IsDefined(typeof(JsonConverterAttribute)) => null, // a text, read as a whole
        _ when !value.GetType().IsEnum && value.GetType().Namespace is { } space && space.StartsWith(OwnNamespace, StringComparison.Ordinal) => FindMember(value, path, nullability),
        _ => null,
    };

    private static string? FindItem(object? item, string path) => item is null ? path : Find(item, path, new NullabilityInfoContext());

    private static string? FindMember(object owner, string path, NullabilityInfoContext nullability)
    {
        foreach (var property in owner.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0 || property.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Always })
                continue;
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            var member = path.Length == 0 ? name : $"{path}.{name}";
            var found = property.GetValue(owner) is { } value
                ? Find(value, member, nullability)
                : !property.PropertyType.IsValueType && nullability.Create(property).ReadState == NullabilityState.NotNull ? member : null;
            if (found is not null)
                return found;
        }

        return null;
    }
}
