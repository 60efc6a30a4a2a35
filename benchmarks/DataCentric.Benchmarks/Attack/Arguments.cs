using System.Globalization;

namespace DataCentric.Benchmarks.Attack;

/// <summary>Arguments of the form <c>--name value</c>.</summary>
internal sealed class Arguments(string[] args)
{
    public string? Text(string name)
    {
        var place = Array.IndexOf(args, name);
        return place >= 0 && place + 1 < args.Length ? args[place + 1] : null;
    }

    public string Required(string name) => Text(name) ?? throw new InputException($"{name} is missing.");

    public int Number(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
