using System.Text;
using Microsoft.VisualBasic.FileIO;

namespace Fink.Slack.Alerts;

/// <summary>Alerts of a text file, the names of its columns first: parted by commas, or by tabs or semicolons where the names are.</summary>
internal static class CsvRows
{
    public static IEnumerable<AlertRow> Read(string path, string? classColumn)
    {
        using var parser = Open(path);
        var names = Next(path, parser) ?? throw new UnreadableAlertsException($"{path}: the file is empty; it begins with the names of its columns");
        var columns = AlertColumns.Choose(path, names, classColumn);
        int[] places = [.. columns.Names.Select(name => Array.IndexOf(names, name))];
        // Counted, since the parser only knows the line that it reads next, and none behind the last row.
        for (var row = 1; Next(path, parser) is { } fields; row++)
        {
            if (fields.Length != names.Length)
            {
                throw new UnreadableAlertsException($"{path}: row {row} below the names has {fields.Length} values for {names.Length} columns");
            }

            yield return new AlertRow(columns, [.. places.Select(place => fields[place] is { Length: > 0 } text ? text : null)]);
        }
    }

    private static TextFieldParser Open(string path)
    {
        try
        {
            var first = File.ReadLines(path).FirstOrDefault() ?? "";
            var parser = new TextFieldParser(path, Encoding.UTF8);
            parser.SetDelimiters(first.Contains('\t', StringComparison.Ordinal) ? "\t" : first.Contains(',', StringComparison.Ordinal) ? "," : ";");
            return parser;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableAlertsException($"{path}: {e.Message}", e);
        }
    }

    private static string[]? Next(string path, TextFieldParser parser)
    {
        try
        {
            return parser.ReadFields();
        }
        catch (MalformedLineException e)
        {
            throw new UnreadableAlertsException($"{path}: line {parser.ErrorLineNumber} is no CSV: a quote is not closed", e);
        }
    }
}
