using Fink.Viewer.Pages;
using FsCheck.Xunit;

namespace Fink.Viewer.Tests.Pages;

public sealed class MarkupTests
{
    [Fact]
    public void What_is_put_into_a_hole_is_text() => Assert.Equal(
        "<p title=\"&lt;script&gt;&amp;&quot;&#39;\">1.25</p>\n",
        Html(markup => markup.Add($"""<p title="{"<script>&\"'"}">{1.25}</p>""")));

    [Fact]
    public void Control_characters_halves_of_letters_and_turns_of_direction_are_replaced_and_letters_stay() => Assert.Equal(
        "\ufffd\ufffd\ufffd\ufffd\ufffd \t שלום 🜨\n",
        Html(markup => markup.Add($"{"\0\u001b\u0085\ud800\u202e \t שלום 🜨"}")));

    [Fact]
    public void What_was_made_in_the_same_way_stays_markup() =>
        Assert.Equal("<b>a &lt; b\n</b>\n", Html(markup => markup.Add($"<b>{Made($"a {"<"} b")}</b>")));

    [Property(MaxTest = 500)]
    public void No_text_leaves_its_hole(string? text)
    {
        var html = Html(markup => markup.Add($"""<a title="{text}">{text}</a>"""));

        Assert.Equal(2, html.Count(letter => letter == '<'));
        Assert.Equal(2, html.Count(letter => letter == '"'));
        Assert.DoesNotContain(html.TrimEnd('\n'), letter => char.IsControl(letter) && letter is not ('\t' or '\n'));
    }

    private static Markup Made(FormattableString text)
    {
        var made = new Markup();
        made.Add($"{text.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
        return made;
    }

    private static string Html(Action<Markup> add)
    {
        var markup = new Markup();
        add(markup);
        return markup.ToString();
    }
}
