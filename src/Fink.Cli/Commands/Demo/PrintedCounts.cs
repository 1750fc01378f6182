using System.Globalization;
using System.Text.RegularExpressions;

namespace Fink.Cli.Commands.Demo;

/// <summary>What <c>distribute</c> printed of a topic, drawn or plain: the demo checks what its reader sees.</summary>
internal static partial class PrintedCounts
{
    /// <summary>The row's matched and sent counts; null where there is no such row, or something failed.</summary>
    public static long? SentOf(string topic, string printed)
    {
        foreach (var line in printed.Split('\n'))
        {
            var words = Words().Matches(line).Select(match => match.Value).ToList();
            if (words is [var name, var matched, var sent, "0"] && name == topic && matched == sent)
            {
                return long.Parse(sent, CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    [GeneratedRegex("[A-Za-z0-9_]+")]
    private static partial Regex Words();
}
