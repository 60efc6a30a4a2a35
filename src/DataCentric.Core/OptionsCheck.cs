using System.ComponentModel.DataAnnotations;

namespace DataCentric;

/// <summary>Checks options against the ranges that their properties declare.</summary>
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
        var faults = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true)
            ? options
            : throw new InputException($"{typeof(T).Name}: {string.Join(" ", faults.Select(fault => fault.ErrorMessage))}");
    }
}
