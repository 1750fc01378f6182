using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fink.Cli.Terminals;
using Spectre.Console;

namespace Fink.Cli.Output;

/// <summary>The one way from a <see cref="Result"/> to the output stream.</summary>
internal sealed class Renderer(Terminal terminal, OutputFormat format, bool color)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public OutputFormat Format => format;

    public void Write(Result result)
    {
        switch (format)
        {
            case OutputFormat.Json:
                terminal.Out.WriteLine(result.Json.ToJsonString(Indented));
                break;
            case OutputFormat.Tsv:
                WriteTsv(result.Tsv ?? result.Tables[0]);
                break;
            default:
                WriteTables(result.Tables);
                break;
        }
    }

    /// <summary>What became of one thing: a sentence for people, a row or an object for programs.</summary>
    public void WriteOutcomes(IReadOnlyList<Outcome> outcomes)
    {
        if (format == OutputFormat.Table)
        {
            foreach (var outcome in outcomes)
            {
                terminal.Out.WriteLine(PlainText.Cell(outcome.Sentence));
            }

            return;
        }

        var json = new JsonArray([.. outcomes.Select(outcome => (JsonNode)outcome.ToJson())]);
        Write(new Result(json, new Table([], [.. outcomes.Select(outcome => (IReadOnlyList<string>)[outcome.Name, outcome.State, outcome.Detail ?? ""])])));
    }

    private void WriteTsv(Table table)
    {
        foreach (var row in table.Rows)
        {
            terminal.Out.WriteLine(string.Join('\t', row.Select(PlainText.Cell)));
        }
    }

    private void WriteTables(IReadOnlyList<Table> tables)
    {
        for (var i = 0; i < tables.Count; i++)
        {
            if (i > 0)
            {
                terminal.Out.WriteLine();
            }

            if (tables[i] is { Rows.Count: 0, WhenEmpty: { } whenEmpty })
            {
                // To people only: a program that reads rows must find none.
                terminal.Error.WriteLine(whenEmpty);
            }
            // A sentence, which has no headings, needs no frame.
            else if (terminal.IsOutputTerminal && tables[i].Headings.Count > 0)
            {
                Draw(tables[i]);
            }
            else
            {
                PlainText.WriteAligned(terminal.Out, tables[i]);
            }
        }
    }

    private void Draw(Table table)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = color ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(terminal.Out),
        });
        console.Profile.Width = terminal.Width;
        var drawn = new Spectre.Console.Table { Border = TableBorder.Rounded };
        foreach (var heading in table.Headings)
        {
            var column = new TableColumn(new Markup($"[bold]{Markup.Escape(heading.Text)}[/]"));
            drawn.AddColumn(heading.IsNumber ? column.RightAligned() : column);
        }

        foreach (var row in table.Rows)
        {
            drawn.AddRow([.. row.Select(cell => new Text(PlainText.Cell(cell)))]);
        }

        console.Write(drawn);
    }
}
