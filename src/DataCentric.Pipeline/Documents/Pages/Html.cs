using System.Net;
using System.Runtime.CompilerServices;

namespace DataCentric.Pipeline.Documents.Pages;

/// <summary>
/// A piece of HTML. It is made from interpolated strings alone, and what is interpolated is escaped unless it is a piece of HTML itself:
/// names of files and classes, error texts and the like stay text wherever they stand, also in quoted attributes.
/// </summary>
internal readonly struct Html
{
    private readonly string? _text;

    private Html(string text) => _text = text;

    /// <summary>Nothing.</summary>
    public static Html None => default;

    /// <summary>Makes a piece.</summary>
    /// <param name="markup">Literal parts are markup, the rest is text.</param>
    public static Html Of(Builder markup) => new(markup.ToString());

    /// <summary>A piece for each item, one after the other.</summary>
    public static Html Each<T>(IEnumerable<T> items, Func<T, Html> make)
    {
        var all = new StringBuilder();
        foreach (var item in items)
            all.Append(make(item)._text);
        return new(all.ToString());
    }

    /// <summary>A style sheet or script of this project, as it is.</summary>
    /// <param name="text">Text that holds no end tag.</param>
    public static Html Trusted(string text) => new(text);

    public override string ToString() => _text ?? "";

    /// <summary>Escapes what is interpolated; numbers are written as people read them in English.</summary>
    [InterpolatedStringHandler]
    public readonly struct Builder(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _text = new(literalLength + (16 * formattedCount));

        public void AppendLiteral(string literal) => _text.Append(literal);

        public void AppendFormatted(Html piece) => _text.Append(piece._text);

        public void AppendFormatted(string? text) => _text.Append(WebUtility.HtmlEncode(text is null ? null : VisibleText.Of(text)));

        public void AppendFormatted<T>(T value, string? format = null)
            where T : IFormattable => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

        public override string ToString() => _text.ToString();
    }
}
