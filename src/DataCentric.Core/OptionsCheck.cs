using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace DataCentric;

/// <summary>Checks options against their attributes.</summary>
public static class OptionsCheck
{
    /// <summary>Checks every property.</summary>
    /// <typeparam name="T">Type of the options.</typeparam>
    /// <param name="options">Options to check.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="InputException">A value is out of its range; the message names the property and the range.</exception>
    public static T Validated<T>(T options)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(options);
        string[] problems = [.. Problems(options).Select(found => $"{found.Property.Name}: {found.Problem}")];
        return problems.Length == 0 ? options : throw new InputException($"{typeof(T).Name}: {string.Join(" ", problems)}");
    }

    /// <summary>Checks every property.</summary>
    /// <param name="options">Options to check.</param>
    /// <returns>Properties of a wrong value, each with what is expected of it: a sentence without a name, as users know an option by another one.</returns>
    public static IEnumerable<(PropertyInfo Property, string Problem)> Problems(object options)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var value = property.GetIndexParameters().Length == 0 ? property.GetValue(options) : null;
            // Of what is missing nothing else can be said.
            foreach (var attribute in property.GetCustomAttributes<ValidationAttribute>().OrderBy(attribute => attribute is not RequiredAttribute))
            {
                if (attribute.IsValid(value))
                    continue;
                yield return (property, ProblemOf(attribute, value));
                break;
            }
        }
    }

    private static string ProblemOf(ValidationAttribute attribute, object? value) => attribute switch
    {
        { ErrorMessage: { } message } => message,
        RequiredAttribute => "it must be there.",
        RangeAttribute { Minimum: var least, Maximum: int.MaxValue } => FormattableString.Invariant($"must be at least {least}, not {value}."),
        RangeAttribute { Minimum: var least, Maximum: var most } => FormattableString.Invariant($"must be {least} to {most}, not {value}."),
        MinLengthAttribute { Length: var least } => FormattableString.Invariant($"must have at least {least}, not {(value as ICollection)?.Count ?? 0}."),
        _ => attribute.FormatErrorMessage("value"),
    };
}
