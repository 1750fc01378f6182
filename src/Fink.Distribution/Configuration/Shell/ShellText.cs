namespace Fink.Distribution.Configuration.Shell;

/// <summary>The text of a shell file and how far it is read.</summary>
internal sealed class ShellText(string text, string file)
{
    private readonly string _text = text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimStart('\uFEFF');
    private int _position;

    public int Line { get; private set; } = 1;

    public bool IsAtEnd => _position >= _text.Length;

    public char Current => _text[_position];

    public char Previous => _position > 0 ? _text[_position - 1] : '\0';

    public char Next => _position + 1 < _text.Length ? _text[_position + 1] : '\0';

    public char Take()
    {
        if (Current == '\n')
        {
            Line++;
        }

        return _text[_position++];
    }

    public bool TryTake(string expected)
    {
        if (string.CompareOrdinal(_text, _position, expected, 0, expected.Length) != 0)
        {
            return false;
        }

        _position += expected.Length;
        return true;
    }

    public bool TryTakeNewLine()
    {
        if (IsAtEnd || Current != '\n')
        {
            return false;
        }

        Take();
        return true;
    }

    /// <summary>What is left of the line, without its end.</summary>
    public string TakeLine() => TakeWhile(c => c != '\n');

    public string TakeWhile(Func<char, bool> isWanted)
    {
        var start = _position;
        while (!IsAtEnd && isWanted(Current))
        {
            Take();
        }

        return _text[start.._position];
    }

    /// <summary>A text in single quotes, the current character being the first of them.</summary>
    public string TakeQuoted()
    {
        var line = Line;
        Take();
        var content = TakeWhile(c => c != '\'');
        return TryTake("'") ? content : throw NeverClosed("'", line);
    }

    /// <summary>Everything up to the bracket that closes the one just read, quotes and inner brackets heeded.</summary>
    public string TakeBalanced(char open, char close, int line)
    {
        var start = _position;
        for (var depth = 1; ;)
        {
            if (IsAtEnd)
            {
                throw NeverClosed(open.ToString(), line);
            }

            var c = Current;
            if (c == '\'')
            {
                TakeQuoted();
                continue;
            }

            Take();
            if (c == '"')
            {
                SkipDoubleQuoted(line);
                continue;
            }

            depth += c == open ? 1 : c == close ? -1 : 0;
            if (depth == 0)
            {
                return _text[start..(_position - 1)];
            }

            if (c == '\\' && !IsAtEnd)
            {
                Take();
            }
        }
    }

    public ConfigurationException NeverClosed(string what, int line) =>
        new(new FilePosition(file, line), $"the {what} on this line is never closed");

    private void SkipDoubleQuoted(int line)
    {
        while (!TryTake("\""))
        {
            if (IsAtEnd)
            {
                throw NeverClosed("\"", line);
            }

            if (Take() == '\\' && !IsAtEnd)
            {
                Take();
            }
        }
    }
}
