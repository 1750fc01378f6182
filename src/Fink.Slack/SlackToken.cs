namespace Fink.Slack;

/// <summary>A bot's token, as Slack gives it (<c>xoxb-…</c>). It shows itself to Slack only.</summary>
public sealed class SlackToken
{
    private readonly string _value;

    /// <param name="text">White space around it is dropped: it often comes from a file.</param>
    /// <exception cref="FormatException">Nothing is left, or it cannot stand in an HTTP header.</exception>
    public SlackToken(string text)
    {
        _value = text.Trim();
        if (_value.Length == 0)
        {
            throw new FormatException("the Slack token is empty");
        }

        if (_value.Any(letter => letter is <= ' ' or > '~'))
        {
            throw new FormatException("this is no Slack token: it holds spaces, line breaks or letters that a token never has");
        }
    }

    internal string Reveal() => _value;

    public override string ToString() => "***";
}
