using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace DataCentric;

/// <summary>An option in the table of a record's options, which is read from its properties (<see cref="OptionAttribute"/>).</summary>
public sealed class OptionEntry
{
    private readonly PropertyInfo[] _path;
    private readonly PropertyInfo? _cleared;
    private readonly object? _default;
    private readonly string _defaultText = "";
    private readonly bool _isLeftOpen;
    private readonly string _help;
    private readonly string? _value;

    private OptionEntry(Type record, PropertyInfo[] path, OptionAttribute option, bool hasDefault, bool isMember)
    {
        _path = path;
        var property = path[^1];
        var clears = option.Clears ?? property.GetCustomAttributes<OptionAttribute>().FirstOrDefault()?.Clears;
        _cleared = clears is null ? null : property.DeclaringType!.GetProperty(clears);
        Record = record;
        Type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Name = option.Name ?? OptionText.Kebab(property.Name);
        JsonName = OptionText.Camel(isMember ? OptionText.Kebab(property.Name) : Name);
        Words = option.Words is null ? [.. OptionText.WordsOf(Type)] : [.. (IEnumerable<string>)property.DeclaringType!.GetProperty(option.Words)!.GetValue(null)!];
        (IsSeveral, ChangesSet) = (option.Several, option.ChangesSet);
        (_help, _value) = (option.Help, option.Value);
        _defaultText = option.Default ?? "{0}";
        _isLeftOpen = !hasDefault || _defaultText.Length == 0;
        _default = _isLeftOpen ? null : Get(Activator.CreateInstance(record)!);
    }

    private OptionEntry(Type record, PropertyInfo property, OptionsAttribute options)
    {
        (_path, _help, Record, Type, Words, ChangesSet) = ([property], "", record, property.PropertyType, [], options.ChangesSet);
        Name = OptionText.Kebab(property.Name);
        JsonName = OptionText.Camel(Name);
        Members = [.. Of(property.PropertyType, property.PropertyType, [], hasDefaults: true, areMembers: true)];
    }

    /// <summary>The record that it is an option of.</summary>
    public Type Record { get; }

    /// <summary>Property of <see cref="Record"/> that is or holds it.</summary>
    public string Root => _path[0].Name;

    /// <summary>The property that it is, of <see cref="Record"/> or of what that holds.</summary>
    public PropertyInfo Property => _path[^1];

    /// <summary>Name of the switch, without dashes in front.</summary>
    public string Name { get; }

    /// <summary>Name in JSON.</summary>
    public string JsonName { get; }

    /// <summary>Type of the values; of a value that may be null, that of the others.</summary>
    public Type Type { get; }

    /// <summary>Words that may be chosen; none where others are possible.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>See <see cref="OptionAttribute.Several"/>.</summary>
    public bool IsSeveral { get; }

    /// <summary>See <see cref="OptionAttribute.ChangesSet"/>.</summary>
    public bool ChangesSet { get; }

    /// <summary>Of an object, the options in it, of which the first must be chosen; none of another.</summary>
    public IReadOnlyList<OptionEntry> Members { get; } = [];

    /// <summary>What stands for it on the command line: a switch, or one for each member.</summary>
    public IReadOnlyList<OptionEntry> Switches => Members.Count > 0 ? Members : [this];

    /// <summary>Smallest whole number, of 1 or more; null where smaller ones are possible.</summary>
    private int? Least => _path[^1].GetCustomAttribute<RangeAttribute>()?.Minimum is int least and >= 1 && Type == typeof(int) ? least : null;

    /// <summary>What it does, its default and its words, for the help.</summary>
    public string Help => Describe(_isLeftOpen ? "" : TextOf(_default));

    /// <summary>The same, with the default that a profile has for an option that has none of its own.</summary>
    /// <param name="usual">What the profile makes that is taken without a word: a <see cref="Record"/>, or something that the option is none of.</param>
    public string HelpBy(object usual) => _isLeftOpen && Record.IsInstanceOfType(usual) && TextOf(Get(usual)) is { Length: > 0 } text
        ? Describe($"{text}; other profiles have their own")
        : Help;

    /// <summary>What stands for the value in the help.</summary>
    public string ValueName => _value ?? (Type.IsEnum ? "WORD"
        : OptionText.MemberOf(Type) is not null ? "LIST"
        : Type == typeof(bool) ? "BOOL"
        : Type == typeof(ulong) || Least is not null ? "N"
        : "X");

    /// <summary>The options of a record, in the order of its properties.</summary>
    /// <typeparam name="T">Type of the record.</typeparam>
    public static IEnumerable<OptionEntry> Of<T>() => Of(typeof(T), typeof(T), [], hasDefaults: true, areMembers: false);

    /// <summary>Reads a value that was written on the command line.</summary>
    /// <param name="words">The word after the switch, or several.</param>
    /// <exception cref="InputException">It is not such a value, or too small.</exception>
    public object Parse(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (IsSeveral)
            return words.ToArray();
        var value = OptionText.Read(Type, words[0], $"--{Name}");
        return value is int number && number < Least ? throw new InputException($"--{Name} must be at least {Least}.") : value;
    }

    /// <summary>Its value in a record.</summary>
    /// <param name="record">A <see cref="Record"/>.</param>
    public object? Get(object record) => _path[^1].GetValue(Holder(record));

    /// <summary>Whether it is chosen otherwise in two records.</summary>
    /// <param name="left">A <see cref="Record"/>.</param>
    /// <param name="right">Another.</param>
    public bool Differs(object left, object right) =>
        !AreEqual(Get(left), Get(right)) || (_cleared is not null && !Equals(_cleared.GetValue(Holder(left)), _cleared.GetValue(Holder(right))));

    /// <summary>A record in which it is chosen, and the rest as in another.</summary>
    /// <typeparam name="T">Type of the record.</typeparam>
    /// <param name="record">The other.</param>
    /// <param name="value">Value of <see cref="Type"/>.</param>
    public T With<T>(T record, object value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(record);
        return (T)With(record, _path, value);
    }

    private string Describe(string usual)
    {
        var help = _help.Replace("{0}", string.Join(", ", Words), StringComparison.Ordinal);
        if (usual.Length > 0)
            help += $" [default: {usual}]";
        return Type.IsEnum ? $"{help} One of {string.Join(", ", Words)}." : help;
    }

    private string TextOf(object? usual)
    {
        var text = usual is null or ICollection { Count: 0 } ? "none" : OptionText.Write(usual);
        return _defaultText.Length > 0 ? _defaultText.Replace("{0}", text, StringComparison.Ordinal) : text;
    }

    private object With(object record, ReadOnlySpan<PropertyInfo> path, object value)
    {
        var copy = Copy(record);
        path[0].SetValue(copy, path.Length == 1 ? value : With(path[0].GetValue(copy)!, path[1..], value));
        if (path.Length == 1)
            _cleared?.SetValue(copy, 0);
        return copy;
    }

    private static IEnumerable<OptionEntry> Of(Type record, Type type, PropertyInfo[] path, bool hasDefaults, bool areMembers)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            foreach (var option in property.GetCustomAttributes<OptionAttribute>())
            {
                PropertyInfo[] chosen = option.Of is null ? [.. path, property] : [.. path, property, property.PropertyType.GetProperty(option.Of)!];
                yield return new OptionEntry(record, chosen, option, hasDefaults, areMembers);
            }

            if (property.GetCustomAttribute<OptionsAttribute>() is not { } options)
                continue;
            if (options.IsObject)
                yield return new OptionEntry(record, property, options);
            else
                foreach (var inner in Of(record, property.PropertyType, [.. path, property], options.HasDefaults, areMembers))
                    yield return inner;
        }
    }

    private object? Holder(object record) => _path[..^1].Aggregate((object?)record, (holder, property) => property.GetValue(holder));

    private static object Copy(object record)
    {
        var copy = RuntimeHelpers.GetUninitializedObject(record.GetType());
        foreach (var property in record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
            property.SetValue(copy, property.GetValue(record));
        return copy;
    }

    private static bool AreEqual(object? left, object? right) => left is IEnumerable list and not string && right is IEnumerable other
        ? list.Cast<object>().SequenceEqual(other.Cast<object>())
        : Equals(left, right);
}
