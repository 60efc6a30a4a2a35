namespace DataCentric.Cli.Terminal;

/// <summary>A table of names and what is said of each.</summary>
internal sealed class FactsTable
{
    private readonly Table _table = new Table().Border(TableBorder.Rounded).AddColumns("", "").HideHeaders();

    /// <summary>Adds a row, made visible before its width is measured.</summary>
    public void Add(string name, string value) => _table.AddRow(Markup.Escape(VisibleText.Of(name)), Markup.Escape(VisibleText.Of(value)));

    /// <summary>Writes the table to stdout.</summary>
    public void Show() => Messages.Table(_table);
}
