using DataCentric.Imaging.Reading;

namespace DataCentric.Cli.Commands;

/// <summary>The switches of how a data set's images are read.</summary>
internal sealed class ReadingSwitches
{
    private readonly Switches _switches = Switches.Of<ReadingOptions>();

    public IEnumerable<Option> All => _switches.All;

    /// <summary>What was chosen.</summary>
    /// <exception cref="InputException">What was written for an option is not such a value.</exception>
    public ReadingOptions Read(ParseResult parsed) => (ReadingOptions)_switches.Apply<object>(parsed, default(ReadingOptions));
}
