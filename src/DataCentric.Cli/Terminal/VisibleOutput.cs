using Spectre.Console.Rendering;

namespace DataCentric.Cli.Terminal;

/// <summary>
/// The one way to a terminal: what is text there is made visible (<see cref="VisibleText"/>), whoever wrote it. The escape sequences of the
/// terminal library itself are none of a segment's text.
/// </summary>
internal sealed class VisibleOutput : IRenderHook
{
    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) => renderables.Select(inner => new Visible(inner));

    private sealed class Visible(IRenderable inner) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => inner.Render(options, maxWidth).Select(segment =>
            segment.IsControlCode || VisibleText.Of(segment.Text) is var text && text == segment.Text ? segment : new Segment(text, segment.Style));
    }
}
