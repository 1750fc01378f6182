using System.Text;

namespace Fink.Kafka.Properties;

/// <summary>
/// The value of `sasl.jaas.config`: `LoginModule required name="value" …;` with Java's quoting, in which a backslash
/// keeps the next character.
/// </summary>
internal sealed record JaasConfig(string LoginModule, IReadOnlyDictionary<string, string> Options)
{
    /// <exception cref="FormatException">The text is not of that form; the message quotes no value.</exception>
    public static JaasConfig Parse(string text)
    {
        var tokens = new Queue<Token>(Tokens(text));
        var module = Word(tokens, "a login module");
        var flag = Word(tokens, "a control flag such as `required`");
        if (flag.ToLowerInvariant() is not ("required" or "requisite" or "sufficient" or "optional"))
        {
            throw new FormatException("`required` must follow the login module");
        }

        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        while (tokens.TryDequeue(out var token))
        {
            if (token.IsMark(';'))
            {
                return tokens.Count == 0
                    ? new JaasConfig(module, options)
                    : throw new FormatException("only one login module is allowed, ended by `;`");
            }

            if (token.Mark is not null)
            {
                throw new FormatException($"`{token.Mark}` where an option name or `;` should be");
            }

            if (!tokens.TryDequeue(out var equals) || !equals.IsMark('='))
            {
                throw new FormatException("an option must be written name=\"value\"");
            }

            options[token.Text] = Word(tokens, "an option's value");
        }

        throw new FormatException("the closing `;` is missing");
    }

    private static string Word(Queue<Token> tokens, string what) =>
        tokens.TryDequeue(out var token) && token.Mark is null
            ? token.Text
            : throw new FormatException($"{what} is missing");

    private static IEnumerable<Token> Tokens(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
            }
            else if (c is '=' or ';')
            {
                yield return new Token("", c);
                i++;
            }
            else if (c is '"' or '\'')
            {
                yield return new Token(Quoted(text, ref i), null);
            }
            else
            {
                var start = i;
                while (i < text.Length && !char.IsWhiteSpace(text[i]) && text[i] is not ('=' or ';' or '"' or '\''))
                {
                    i++;
                }

                yield return new Token(text[start..i], null);
            }
        }
    }

    private static string Quoted(string text, ref int i)
    {
        var quote = text[i++];
        var value = new StringBuilder();
        while (i < text.Length && text[i] != quote)
        {
            value.Append(text[i] == '\\' && i + 1 < text.Length ? Escape(text, ref i) : text[i++]);
        }

        if (i++ >= text.Length)
        {
            throw new FormatException("a quote is not closed");
        }

        return value.ToString();
    }

    /// <summary>As `java.io.StreamTokenizer` reads it: letters for control characters, up to three octal digits.</summary>
    private static char Escape(string text, ref int i)
    {
        var c = text[++i];
        if (c is >= '0' and <= '7')
        {
            var length = 1;
            var longest = c <= '3' ? 3 : 2;
            while (length < longest && i + length < text.Length && text[i + length] is >= '0' and <= '7')
            {
                length++;
            }

            var code = text.AsSpan(i, length).ToString().Aggregate(0, (sum, digit) => (sum * 8) + (digit - '0'));
            i += length;
            return (char)code;
        }

        i++;
        return c switch
        {
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            _ => c,
        };
    }

    private readonly record struct Token(string Text, char? Mark)
    {
        public bool IsMark(char mark) => Mark == mark;
    }
}
