namespace DataCentric;

/// <summary>
/// Makes a property of an options record an option that users choose. Here, in its range and in its initial value an option is described,
/// and nowhere else: the switch of the command line with its help, its name in JSON, the command that repeats a run and the lists in the
/// documentation come from it, or are tested against it (docs/adding/attack-option.md).
/// </summary>
/// <param name="help">What it does. <c>{0}</c> stands for <see cref="Words"/>.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true)]
public sealed class OptionAttribute(string help) : Attribute
{
    /// <summary>What it does.</summary>
    public string Help { get; } = help;

    /// <summary>Name without dashes in front; null: the property's in kebab case.</summary>
    public string? Name { get; init; }

    /// <summary>What stands for the value in the help, such as <c>DIR</c>; null: what stands for all values of the type.</summary>
    public string? Value { get; init; }

    /// <summary>What the help says is the default, <c>{0}</c> for the initial value; null: the initial value; empty: none, or that of a profile.</summary>
    public string? Default { get; init; }

    /// <summary>Static property of the record: the words that may be chosen. The words of an enumeration need none.</summary>
    public string? Words { get; init; }

    /// <summary>Of a property that holds a record, the property of that record that is chosen.</summary>
    public string? Of { get; init; }

    /// <summary>Property of the same record that this choice sets to 0.</summary>
    public string? Clears { get; init; }

    /// <summary>Whether the members of a list follow the switch as words of their own, not separated by commas.</summary>
    public bool Several { get; init; }

    /// <summary>Whether the set that a run makes depends on it. If not, it may be chosen anew when a run goes on.</summary>
    public bool ChangesSet { get; init; } = true;
}

/// <summary>Says of a property that its record holds options.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionsAttribute : Attribute
{
    /// <summary>Whether initial values are the defaults; if not, a profile has them.</summary>
    public bool HasDefaults { get; init; } = true;

    /// <summary>Whether JSON holds them in an object named as this property. Then the first one must be chosen where any is.</summary>
    public bool IsObject { get; init; }

    /// <summary>See <see cref="OptionAttribute.ChangesSet"/>, of an object.</summary>
    public bool ChangesSet { get; init; } = true;
}
