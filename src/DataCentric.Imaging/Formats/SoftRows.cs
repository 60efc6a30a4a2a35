namespace DataCentric.Imaging.Formats;

/// <summary>What is found of the rows of probabilities of a set, while all are looked at and none is kept.</summary>
internal sealed class SoftRows
{
    private bool _some;
    private bool _none;

    /// <summary>Number of probabilities in each row; 0 where there are no rows.</summary>
    public int Columns { get; private set; }

    /// <summary>Whether some row is not one-hot.</summary>
    public bool AreSoft { get; private set; }

    /// <summary>Names of the classes where nothing else names them; null where there are no rows.</summary>
    public IReadOnlyList<string>? Digits => Columns > 0 ? ClassNames.Digits(Columns) : null;

    /// <summary>Looks at rows.</summary>
    /// <param name="rows">The next rows; null where the images have none.</param>
    /// <param name="place">Names a row by its number among these.</param>
    /// <param name="first">Where the first rows lie, for messages.</param>
    /// <exception cref="InputException">A row is not one of probabilities, or of another length than the others; some images have a row and some have none.</exception>
    public void Add(double[][]? rows, Func<int, string> place, string first)
    {
        (_some, _none) = (_some || rows is not null, _none || rows is null);
        if (_some && _none)
            throw new InputException($"{place(0)}: {(rows is null ? "has no" : "has")} probabilities, unlike the images before it, from {first} on.");
        for (var row = 0; rows is not null && row < rows.Length; row++)
        {
            var at = row;
            var values = ProbabilityRow.Checked(rows[row], () => place(at));
            if (Columns > 0 && Columns != values.Length)
                throw new InputException($"{place(row)}: has {values.Length} probabilities, but the rows before have {Columns}.");
            Columns = values.Length;
            AreSoft |= !ProbabilityRow.IsOneHot(values);
        }
    }
}
