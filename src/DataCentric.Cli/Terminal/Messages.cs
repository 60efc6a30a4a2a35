using System.Text.Json;

namespace DataCentric.Cli.Terminal;

/// <summary>Words for people go to stderr; data goes to stdout.</summary>
internal static class Messages
{
    /// <summary>Width of what goes to a file or a pipe: lines are not to be broken there.</summary>
    private const int UnbrokenWidth = 1000;

    /// <summary>What to do about a run that ended early.</summary>
    public const string GoesOn = "What is finished is kept; the same command goes on from there.";

    /// <summary>The same of what keeps no notes.</summary>
    public const string BeginsAnew = "What is written whole stays; the same command begins anew.";

    /// <summary>Where warnings and errors go: stderr.</summary>
    public static IAnsiConsole Alarms { get; } = Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>The terminal that people watch: progress, hints, what is done. The same as <see cref="Alarms"/>, or none.</summary>
    public static IAnsiConsole Terminal { get; private set; } = Alarms;

    /// <summary>Shows nothing but warnings and errors from now on.</summary>
    public static void BeQuiet() => Terminal = Create(TextWriter.Null, isRedirected: true);

    public static void Error(string message) => Alarms.MarkupLine($"[red]error[/] {Markup.Escape(Block(message))}");

    /// <summary>A line each.</summary>
    public static void Warnings(IEnumerable<string> messages)
    {
        foreach (var message in messages)
            Alarms.MarkupLine($"[yellow]warning[/] {Markup.Escape(Block(message))}");
    }

    public static void Hint(string message) => Terminal.MarkupLine($"[grey]{Markup.Escape(message)}[/]");

    /// <summary>One JSON object on stdout.</summary>
    public static void Json<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, PipelineJson.Indented));

    /// <summary>What a verb found: one JSON object on stdout, or shown to people.</summary>
    /// <returns>The exit code of a verb that is done.</returns>
    public static int Result<T>(bool json, T value, Action show)
    {
        if (json)
            Json(value);
        else
            show();
        return ExitCode.Done;
    }

    /// <summary>What a verb found: one JSON object on stdout, or a line for people.</summary>
    /// <returns>The exit code of a verb that is done.</returns>
    public static int Result<T>(bool json, T value, string line) => Result(json, value, () => Terminal.WriteLine(line));

    /// <summary>A table on stdout.</summary>
    public static void Table(Table table) => Create(Console.Out, Console.IsOutputRedirected).Write(table);

    /// <summary>
    /// Later lines of a message are set in, so that a line feed in a name cannot begin a message of its own; nor can a carriage return, of which
    /// the terminal library makes a line feed.
    /// </summary>
    public static string Block(string message) =>
        VisibleText.Of(message.Replace("\r\n", "\n", StringComparison.Ordinal)).TrimEnd('\n').Replace("\n", "\n  ", StringComparison.Ordinal);

    private static IAnsiConsole Create(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        console.Pipeline.Attach(new VisibleOutput());
        if (isRedirected)
            console.Profile.Width = UnbrokenWidth;
        return console;
    }
}
