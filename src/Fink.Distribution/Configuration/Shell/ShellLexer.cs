using System.Text;

namespace Fink.Distribution.Configuration.Shell;

/// <summary>Cuts a shell file into words and operators, with the shell's rules of quoting. It runs nothing.</summary>
internal sealed class ShellLexer
{
    private static readonly string[] Operators =
        ["&&", "||", ";;", "<<<", "<<-", "<<", ">>", ">&", "<&", "&>", ";", "&", "|", "(", ")", "<", ">"];

    private readonly ShellText _text;
    private readonly List<ShellToken> _tokens = [];
    private readonly Queue<(string Delimiter, bool Indented, int Line)> _documents = new();

    private bool _isInArray;

    private ShellLexer(string text, string file) => _text = new ShellText(text, file);

    /// <exception cref="ConfigurationException">A quote, bracket or here-document that is never closed.</exception>
    public static IReadOnlyList<ShellToken> Read(string text, string file) => new ShellLexer(text, file).Read();

    private List<ShellToken> Read()
    {
        while (!_text.IsAtEnd)
        {
            if (_text.TryTakeNewLine())
            {
                _tokens.Add(new ShellToken(null, "\n", _text.Line - 1));
                SkipDocuments();
            }
            else if (_text.Current is ' ' or '\t' or '\r')
            {
                _text.Take();
            }
            else if (_text.Current == '#')
            {
                _text.TakeLine();
            }
            else
            {
                ReadToken();
            }
        }

        _tokens.Add(new ShellToken(null, "\n", _text.Line));
        return _tokens;
    }

    private void ReadToken()
    {
        var line = _text.Line;
        if (Operators.FirstOrDefault(_text.TryTake) is not { } found)
        {
            _tokens.Add(new ShellToken(ReadWord(), "", line));
            return;
        }

        _tokens.Add(new ShellToken(null, found, line));
        if (found is "<<" or "<<-")
        {
            while (!_text.IsAtEnd && _text.Current is ' ' or '\t')
            {
                _text.Take();
            }

            var word = ReadWord();
            var delimiter = string.Concat(word.Parts.OfType<TextPart>().Select(part => part.Text));
            _documents.Enqueue((delimiter, found == "<<-", line));
            _tokens.Add(new ShellToken(word, "", line));
        }
    }

    private ShellWord ReadWord()
    {
        var line = _text.Line;
        var parts = new List<WordPart>();
        var bare = new StringBuilder();
        while (!_text.IsAtEnd && !IsWordEnd())
        {
            if (_text.Current == '(' && !_isInArray && parts.Count == 0 && IsArrayHead(bare.ToString()))
            {
                parts.Add(new TextPart(bare.ToString(), IsQuoted: false));
                return new ShellWord(parts, line, ReadArray(line));
            }

            ReadPart(parts, bare);
        }

        Flush(parts, bare);
        return new ShellWord(parts, line);
    }

    private void ReadPart(List<WordPart> parts, StringBuilder bare)
    {
        switch (_text.Current)
        {
            case '\'':
                Flush(parts, bare);
                parts.Add(new TextPart(_text.TakeQuoted(), IsQuoted: true));
                break;
            case '"':
                Flush(parts, bare);
                ReadDoubleQuoted(parts);
                break;
            case '\\':
                _text.Take();
                if (!_text.IsAtEnd && !_text.TryTakeNewLine())
                {
                    Flush(parts, bare);
                    parts.Add(new TextPart(_text.Take().ToString(), IsQuoted: true));
                }

                break;
            case '$' or '`' when ShellExpansion.TryRead(_text) is { } expansion:
                Flush(parts, bare);
                parts.Add(expansion);
                break;
            default:
                bare.Append(_text.Take());
                break;
        }
    }

    private void ReadDoubleQuoted(List<WordPart> parts)
    {
        var line = _text.Line;
        var quoted = new StringBuilder();
        _text.Take();
        while (true)
        {
            if (_text.IsAtEnd)
            {
                throw _text.NeverClosed("\"", line);
            }

            if (_text.TryTake("\""))
            {
                // An empty pair of quotes is a part too: the value is empty, not missing.
                parts.Add(new TextPart(quoted.ToString(), IsQuoted: true));
                return;
            }

            if (_text.Current is '$' or '`' && ShellExpansion.TryRead(_text) is { } expansion)
            {
                parts.Add(new TextPart(quoted.ToString(), IsQuoted: true));
                quoted.Clear();
                parts.Add(expansion);
            }
            else if (_text.Current == '\\' && _text.Next is '$' or '`' or '"' or '\\' or '\n')
            {
                _text.Take();
                if (!_text.TryTakeNewLine())
                {
                    quoted.Append(_text.Take());
                }
            }
            else
            {
                quoted.Append(_text.Take());
            }
        }
    }

    private List<ShellWord> ReadArray(int line)
    {
        var elements = new List<ShellWord>();
        _text.Take();
        // An array holds no arrays, so reading never nests.
        _isInArray = true;
        while (!_text.TryTake(")"))
        {
            if (_text.IsAtEnd)
            {
                throw _text.NeverClosed("(", line);
            }

            if (_text.Current == '#')
            {
                _text.TakeLine();
            }
            else if (IsWordEnd())
            {
                _text.Take();
            }
            else
            {
                elements.Add(ReadWord());
            }
        }

        _isInArray = false;
        return elements;
    }

    private void SkipDocuments()
    {
        while (_documents.TryDequeue(out var document))
        {
            string text;
            do
            {
                if (_text.IsAtEnd)
                {
                    throw _text.NeverClosed($"<<{document.Delimiter}", document.Line);
                }

                text = _text.TakeLine();
                _ = _text.TryTakeNewLine();
            }
            while ((document.Indented ? text.TrimStart('\t') : text) != document.Delimiter);
        }
    }

    private bool IsWordEnd() => _text.Current is ' ' or '\t' or '\r' or '\n' or ';' or '&' or '|' or '<' or '>' or ')'
        || (_text.Current == '(' && !IsArrayStart());

    // The bracket of NAME=( is read by the word itself.
    private bool IsArrayStart() => _text.Previous == '=';

    private static bool IsArrayHead(string bare) =>
        new ShellWord([new TextPart(bare, IsQuoted: false)], 0).AsAssignment() is { Index: null, Value.Parts: [] };

    private static void Flush(List<WordPart> parts, StringBuilder bare)
    {
        if (bare.Length > 0)
        {
            parts.Add(new TextPart(bare.ToString(), IsQuoted: false));
            bare.Clear();
        }
    }
}
