using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Fink.Viewer.Pages;

/// <summary>
/// HTML in the making. It grows by interpolated strings only: what stands in the code is markup, and what is put into a
/// hole is text, of which no letter is read as markup, be it in an element or in a quoted attribute. So no value of an
/// alert can become an element, an attribute or a script.
/// </summary>
internal sealed class Markup
{
    private const char Replacement = '\ufffd';

    private readonly StringBuilder _html = new();

    /// <summary>Adds a line; the fragment has written itself when this is called.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] Fragment fragment)
    {
        _ = fragment;
        _html.Append('\n');
    }

    /// <summary>A style sheet of ours, letter by letter: its hash is told to the browser.</summary>
    public void AddStyle(string css) => _html.Append("<style>").Append(css).Append("</style>");

    public override string ToString() => _html.ToString();

    private void AddText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            _ = letter switch
            {
                '&' => _html.Append("&amp;"),
                '<' => _html.Append("&lt;"),
                '>' => _html.Append("&gt;"),
                '"' => _html.Append("&quot;"),
                '\'' => _html.Append("&#39;"),
                _ when char.IsHighSurrogate(letter) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) =>
                    _html.Append(letter).Append(text[++i]),
                _ when IsUnfit(letter) => _html.Append(Replacement),
                _ => _html.Append(letter),
            };
        }
    }

    /// <summary>
    /// Control characters, which HTML forbids; halves of a letter; and marks that turn the direction of writing, which
    /// would reach beyond the value. Letters that are written from right to left need none.
    /// </summary>
    private static bool IsUnfit(char letter) =>
        (char.IsControl(letter) && letter is not ('\t' or '\n')) || char.IsSurrogate(letter)
        || letter is '\u061c' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    [InterpolatedStringHandler]
    public readonly struct Fragment
    {
        private readonly Markup _markup;

        public Fragment(int literalLength, int formattedCount, Markup markup)
        {
            _markup = markup;
            markup._html.EnsureCapacity(markup._html.Length + literalLength + (8 * formattedCount));
        }

        public void AppendLiteral(string markup) => _markup._html.Append(markup);

        public void AppendFormatted(string? text) => _markup.AddText(text ?? "");

        /// <summary>A coordinate, or a whole number.</summary>
        public void AppendFormatted(double number) => _markup._html.Append(CultureInfo.InvariantCulture, $"{number:0.##}");

        /// <summary>Markup that was made in the same way.</summary>
        public void AppendFormatted(Markup markup) => _markup._html.Append(markup._html);
    }
}
