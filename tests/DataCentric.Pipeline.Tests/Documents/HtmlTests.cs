using DataCentric.Pipeline.Documents.Pages;

namespace DataCentric.Pipeline.Tests.Documents;

public sealed class HtmlTests
{
    [Fact]
    public void What_is_interpolated_is_text_unless_it_is_a_piece_of_HTML()
    {
        const string Hostile = "<b onclick='x'>\"&";
        var piece = Html.Of($"<i>{Hostile}</i>");

        piece.ToString().ShouldBe("<i>&lt;b onclick=&#39;x&#39;&gt;&quot;&amp;</i>");
        Html.Of($"<p title=\"{Hostile}\">{piece}</p>").ToString().ShouldBe($"<p title=\"&lt;b onclick=&#39;x&#39;&gt;&quot;&amp;\">{piece}</p>");
    }

    [Fact]
    public void What_would_turn_the_direction_of_a_page_is_shown_by_its_number() =>
        Html.Of($"<p>{"a\u202eb\u001b"}\n</p>").ToString().ShouldBe("<p>a\\u202Eb\\u001B\n</p>");

    [Fact]
    public void Numbers_are_written_alike_everywhere_and_nothing_is_nothing()
    {
        Html.Of($"{1234.5:N1} {7} {(string?)null}{Html.None}").ToString().ShouldBe("1,234.5 7 ");
        Html.Each(["a", "<"], letter => Html.Of($"[{letter}]")).ToString().ShouldBe("[a][&lt;]");
    }
}
