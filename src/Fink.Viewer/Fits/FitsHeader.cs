using System.Globalization;
using System.Text;

namespace Fink.Viewer.Fits;

/// <summary>
/// The cards of a header unit, FITS standard 4.0, section 4. Values are read in the free format, of which the fixed one is
/// a case: cutouts of ZTF write even SIMPLE freely.
/// </summary>
internal sealed class FitsHeader
{
    public const int BlockLength = 2880;
    private const int CardLength = 80;
    private const int KeywordLength = 8;

    /// <summary>A header that does not end within as many blocks (3600 cards) is none of a cutout.</summary>
    private const int MostBlocks = 100;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private FitsHeader()
    {
    }

    /// <summary>Reads whole blocks, up to the one with END.</summary>
    /// <exception cref="FitsException">It is no header, or has no end.</exception>
    public static FitsHeader Read(Stream stream)
    {
        var header = new FitsHeader();
        var block = new byte[BlockLength];
        for (var i = 0; i < MostBlocks; i++)
        {
            var read = stream.ReadAtLeast(block, BlockLength, throwOnEndOfStream: false);
            if (i == 0 && !block.AsSpan(0, read).StartsWith("SIMPLE  ="u8))
            {
                throw new FitsException(read == 0 ? "there are no bytes in it" : "it does not begin as FITS does, with SIMPLE");
            }

            if (read < BlockLength)
            {
                throw new FitsException("its header has no end");
            }

            if (header.AddCards(block))
            {
                return header;
            }
        }

        throw new FitsException($"its header has no end within {MostBlocks} blocks");
    }

    public string? Text(string keyword) =>
        _values.TryGetValue(keyword, out var value) && value.StartsWith('\'') ? Unquoted(value) : null;

    /// <exception cref="FitsException">It is missing, and there is no default; or it is no whole number.</exception>
    public long Integer(string keyword, long? otherwise = null) => TryInteger(keyword) ?? otherwise
        ?? throw new FitsException($"its header has no {keyword}");

    /// <returns>Null where the header has no such card.</returns>
    /// <exception cref="FitsException">It is no whole number.</exception>
    public long? TryInteger(string keyword)
    {
        if (!_values.TryGetValue(keyword, out var value))
        {
            return null;
        }

        return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FitsException($"{keyword} in its header is no whole number");
    }

    /// <exception cref="FitsException">It is no finite number.</exception>
    public double Real(string keyword, double otherwise)
    {
        if (!_values.TryGetValue(keyword, out var value))
        {
            return otherwise;
        }

        // FORTRAN's exponent of double precision is allowed.
        return double.TryParse(value.Replace('D', 'E'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
                ? number
                : throw new FitsException($"{keyword} in its header is no number");
    }

    public bool IsTrue(string keyword) => _values.GetValueOrDefault(keyword) == "T";

    private bool AddCards(byte[] block)
    {
        for (var at = 0; at < BlockLength; at += CardLength)
        {
            var card = Encoding.Latin1.GetString(block, at, CardLength);
            var keyword = card[..KeywordLength].TrimEnd();
            if (keyword == "END")
            {
                return true;
            }

            if (card[KeywordLength] == '=' && card[KeywordLength + 1] == ' ')
            {
                // The first of a keyword counts.
                _values.TryAdd(keyword, ValueOf(card.AsSpan(KeywordLength + 2)));
            }
        }

        return false;
    }

    /// <summary>What stands before the comment; a text with its quotes.</summary>
    private static string ValueOf(ReadOnlySpan<char> field)
    {
        var value = field.Trim();
        if (!value.StartsWith("'"))
        {
            var comment = value.IndexOf('/');
            return (comment < 0 ? value : value[..comment].TrimEnd()).ToString();
        }

        var end = 1;
        while (end < value.Length && (value[end] != '\'' || (end + 1 < value.Length && value[end + 1] == '\'')))
        {
            end += value[end] == '\'' ? 2 : 1;
        }

        return value[..Math.Min(end + 1, value.Length)].ToString();
    }

    private static string Unquoted(string value) =>
        value[1..(value.Length > 1 && value.EndsWith('\'') ? ^1 : ^0)].Replace("''", "'", StringComparison.Ordinal).TrimEnd();
}
