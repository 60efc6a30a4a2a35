namespace DataCentric.Cli.Terminal;

/// <summary>A table of names and what is said of each.</summary>
internal sealed class FactsTable
{
    private readonly Table _table = new Table().Border(TableBorder.Rounded).AddColumns("", "").HideHeaders();

    /// <summary>Adds a row.</summary>
    public void Add(string name, string value) => _table.AddRow(Markup.Escape(name), Markup.Escape(value));

    /// <summary>Writes the table to stdout.</summary>
    public void Show() => Messages.Table(_table);
}
