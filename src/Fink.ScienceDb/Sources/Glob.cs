using System.Text;
using System.Text.RegularExpressions;

namespace Fink.ScienceDb.Sources;

/// <summary>Shell patterns over '/'-separated names: <c>*</c> and <c>?</c> within a folder, <c>**</c> across, <c>[…]</c> sets.</summary>
internal static class Glob
{
    public static bool IsMatch(string pattern, string name) => Regex.IsMatch(name, ToRegex(pattern), RegexOptions.CultureInvariant);

    private static string ToRegex(string pattern)
    {
        var regex = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*' when pattern.AsSpan(i).StartsWith("**/"):
                    regex.Append("(?:.*/)?");
                    i += 2;
                    break;
                case '*' when pattern.AsSpan(i).StartsWith("**"):
                    regex.Append(".*");
                    i++;
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '[' when pattern.IndexOf(']', i + 1) is var end && end > 0:
                    regex.Append('[').Append(pattern[(i + 1)..end].Replace("!", "^", StringComparison.Ordinal).Replace("\\", "\\\\", StringComparison.Ordinal)).Append(']');
                    i = end;
                    break;
                default:
                    regex.Append(Regex.Escape(pattern[i].ToString()));
                    break;
            }
        }

        return regex.Append('$').ToString();
    }
}
