using System.Globalization;

namespace DataCentric.Npy;

/// <summary>
/// Reads the text of an npy header: a Python dictionary literal with exactly the keys 'descr', 'fortran_order' and 'shape'. Only
/// strings, True, False and tuples of whole numbers are understood; nothing is ever evaluated.
/// </summary>
internal sealed class NpyHeaderText(string text, string source)
{
    private int _at;

    public (string Description, bool FortranOrder, IReadOnlyList<int> Shape) Parse()
    {
        string? description = null;
        bool? fortranOrder = null;
        IReadOnlyList<int>? shape = null;
        Expect('{');
        while (!Accept('}'))
        {
            var key = String();
            Expect(':');
            switch (key)
            {
                case "descr" when description is null: description = Description(); break;
                case "fortran_order" when fortranOrder is null: fortranOrder = Boolean(); break;
                case "shape" when shape is null: shape = Tuple(); break;
                default: throw Broken($"the key '{key}' is unknown or repeated");
            }

            if (!Accept(','))
            {
                Expect('}');
                break;
            }
        }

        if (Peek() != '\0')
            throw Broken("something follows the dictionary");
        if (description is null || fortranOrder is null || shape is null)
            throw Broken("one of the keys 'descr', 'fortran_order', 'shape' is missing");
        return (description, fortranOrder.Value, shape);
    }

    private string Description() =>
        Peek() == '['
            ? throw new InputException($"{source}: holds records of several fields; expected whole numbers or floats.")
            : String();

    private string String()
    {
        var quote = Peek();
        if (quote is not ('\'' or '"'))
            throw Broken("expected a string");
        var end = text.IndexOf(quote, _at + 1);
        if (end < 0)
            throw Broken("a string does not end");
        var value = text[(_at + 1)..end];
        _at = end + 1;
        return value;
    }

    private bool Boolean() => Accept("True") || (Accept("False") ? false : throw Broken("expected True or False"));

    private List<int> Tuple()
    {
        var sides = new List<int>();
        Expect('(');
        while (!Accept(')'))
        {
            sides.Add(Side());
            if (!Accept(','))
            {
                Expect(')');
                break;
            }
        }

        return sides;
    }

    private int Side()
    {
        Peek();
        var start = _at;
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
            _at++;
        if (!int.TryParse(text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var side))
            throw Broken($"expected a length from 0 to {int.MaxValue}");
        Accept('L'); // Python 2 wrote long integers so.
        return side;
    }

    private char Peek()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            _at++;
        return _at < text.Length ? text[_at] : '\0';
    }

    private bool Accept(char wanted)
    {
        if (Peek() != wanted)
            return false;
        _at++;
        return true;
    }

    private bool Accept(string wanted)
    {
        Peek();
        if (!text.AsSpan(_at).StartsWith(wanted, StringComparison.Ordinal))
            return false;
        _at += wanted.Length;
        return true;
    }

    private void Expect(char wanted)
    {
        if (!Accept(wanted))
            throw Broken($"expected '{wanted}'");
    }

    private InputException Broken(string what) => new($"{source}: the npy header is broken at its character {_at}: {what}.");
}
