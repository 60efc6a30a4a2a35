using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace DataCentric;

/// <summary>Values of options as people write them.</summary>
public static class OptionText
{
    /// <summary>Writes a value: lists with commas, enumerations in kebab case, numbers as everywhere.</summary>
    /// <param name="value">The value.</param>
    public static string Write(object value) => value switch
    {
        string text => text,
        bool truth => truth ? "true" : "false",
        Enum word => Kebab(word.ToString()),
        IEnumerable list => string.Join(',', list.Cast<object>().Select(Write)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    /// <summary>Reads a value.</summary>
    /// <param name="type">Text, whole number, number, truth, enumeration, a type with a static Parse of a text, or a list of one of these.</param>
    /// <param name="text">What was written.</param>
    /// <param name="option">Option that it was written for, for messages.</param>
    /// <exception cref="InputException">The text is not such a value.</exception>
    public static object Read(Type type, string text, string option)
    {
        if (MemberOf(type) is { } member)
        {
            var words = List(text, option);
            var list = Array.CreateInstance(member, words.Length);
            for (var i = 0; i < words.Length; i++)
                list.SetValue(Read(member, words[i], option), i);
            return list;
        }

        return type.IsEnum ? ReadWord(type, text, option) : Type.GetTypeCode(type) switch
        {
            TypeCode.String => text,
            TypeCode.Int32 => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw No("a whole number"),
            TypeCode.UInt64 => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw No("a whole number of 0 or more"),
            TypeCode.Single => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw No("a number"),
            TypeCode.Double => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw No("a number"),
            TypeCode.Boolean => bool.TryParse(text, out var truth) ? truth : throw No("true or false"),
            _ => type.GetMethod("Parse", [typeof(string)])!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [text], null)!,
        };

        InputException No(string expected) => new($"{option}: '{text}' is not {expected}.");
    }

    /// <summary>Words separated by commas or spaces.</summary>
    /// <param name="text">Such as <c>a,b</c>.</param>
    public static string[] Words(string text) =>
        (text ?? throw new ArgumentNullException(nameof(text))).Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The same, at least one.</summary>
    /// <param name="text">Such as <c>a,b</c>.</param>
    /// <param name="option">Option that it was written for, for messages.</param>
    /// <exception cref="InputException">There are none.</exception>
    public static string[] List(string text, string option) =>
        Words(text) is { Length: > 0 } words ? words : throw new InputException($"{option}: '{text}' names nothing.");

    /// <summary>The words of an enumeration; none of another type.</summary>
    /// <param name="type">The type.</param>
    public static IEnumerable<string> WordsOf(Type type) => type is { IsEnum: true } ? Enum.GetNames(type).Select(Kebab) : [];

    /// <summary>The type of a list's members; null where the type is not a list.</summary>
    /// <param name="type">The type.</param>
    public static Type? MemberOf(Type type) =>
        type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    /// <summary>A name such as <c>L2Epsilon</c> as <c>l2-epsilon</c>.</summary>
    internal static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    /// <summary>A name such as <c>l2-epsilon</c> as <c>l2Epsilon</c>.</summary>
    internal static string Camel(string name) =>
        string.Concat(name.Split('-').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    private static object ReadWord(Type type, string text, string option) =>
        Enum.GetNames(type).FirstOrDefault(name => Kebab(name) == text) is { } found
            ? Enum.Parse(type, found)
            : throw new InputException($"{option}: '{text}' is none of {string.Join(", ", WordsOf(type))}.");
}
