using Microsoft.Extensions.Logging;

namespace DataCentric.Cli.Terminal;

/// <summary>Shows warnings and errors of the pipeline on the terminal, a line each.</summary>
/// <param name="terminal">Where.</param>
internal sealed class TerminalLoggerProvider(IAnsiConsole terminal) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new TerminalLogger(terminal);

    public void Dispose()
    {
    }

    private sealed class TerminalLogger(IAnsiConsole terminal) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            var style = logLevel == LogLevel.Warning ? "yellow" : "red";
            var reason = exception is null ? "" : $": {exception.Message}";
            terminal.MarkupLine($"[{style}]{logLevel.ToString().ToLowerInvariant()}[/] {Markup.Escape(Messages.Block(formatter(state, exception) + reason))}");
        }
    }
}
