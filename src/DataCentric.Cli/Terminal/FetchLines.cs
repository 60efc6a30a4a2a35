using DataCentric.Pipeline.Fetching;

namespace DataCentric.Cli.Terminal;

/// <summary>Shows a download: a line for each file when it is whole, and now and then in between.</summary>
/// <param name="terminal">Where it is shown.</param>
/// <param name="time">Paces the lines and measures the rate.</param>
internal sealed class FetchLines(IAnsiConsole terminal, TimeProvider time) : IProgress<FetchProgress>
{
    private const double Mega = 1e6;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private string? _file;
    private long _start;
    private long _startBytes;
    private long _shown;

    public void Report(FetchProgress value)
    {
        if (value.Trouble is not null)
        {
            terminal.WriteLine($"{value.Trouble} Trying again from byte {value.Done}.");
            _file = null;
            return;
        }

        if (value.File != _file)
            (_file, _start, _startBytes, _shown) = (value.File, time.GetTimestamp(), value.Done, time.GetTimestamp());
        if (value.Done == value.Total ? _shown < 0 : time.GetElapsedTime(_shown) < Period)
            return;
        _shown = value.Done == value.Total ? -1 : time.GetTimestamp();
        terminal.WriteLine(Line(value));
    }

    private string Line(FetchProgress value)
    {
        var rate = (value.Done - _startBytes) / Math.Max(1e-9, time.GetElapsedTime(_start).TotalSeconds);
        var left = rate > 0 && value.Done < value.Total ? $", about {TimeSpan.FromSeconds((value.Total - value.Done) / rate):h\\:mm\\:ss} left" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{value.File}: {value.Done / Mega:F1} of {value.Total / Mega:F1} MB, {100.0 * value.Done / value.Total:F0} %{(rate > 0 ? $", {rate / Mega:F1} MB/s" : "")}{left}");
    }
}
