using System.Globalization;
using System.Text;

namespace Fink.Client.Files;

/// <summary>
/// A file name from an alert's ids, which come from the network: what is neither a letter, a digit nor one of `-._+` is
/// written as `%` and two hex digits a byte, a leading dot too, and a long one is cut and told apart by its hash.
/// </summary>
public static class AlertFileName
{
    // File systems allow 255 bytes; the ids of surveys have about 20.
    private const int LongestId = 100;

    /// <summary>`OBJECTID_CANDID`, `DIASOURCEID`, or where the alert lies, and the extension.</summary>
    /// <param name="extension">With its dot.</param>
    public static string For(Alert alert, string extension)
    {
        string?[] ids = alert.Schema.Survey == AlertSurvey.Rubin ? [alert.AlertId] : [alert.ObjectId, alert.AlertId];
        var named = ids.Where(id => !string.IsNullOrEmpty(id)).Select(id => Escape(id!)).ToList();
        return named.Count == 0
            ? $"{Escape(alert.Topic)}_{alert.Partition}_{alert.Offset}{extension}"
            : string.Join('_', named) + extension;
    }

    private static string Escape(string id)
    {
        var name = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(id))
        {
            var c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '+' || (c == '.' && name.Length > 0))
            {
                name.Append(c);
            }
            else
            {
                name.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        if (name.Length <= LongestId)
        {
            return name.ToString();
        }

        var hash = System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(id));
        return $"{name.ToString(0, LongestId)}-{Convert.ToHexStringLower(hash)[..16]}";
    }
}
