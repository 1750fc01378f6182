using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fink.Cli.LightCurves;
using Fink.Cli.Terminals;
using Fink.Viewer.LightCurves;
using Spectre.Console;

namespace Fink.Cli.Output;

/// <summary>The one way from a <see cref="Result"/> to the output stream.</summary>
internal sealed class Renderer(Terminal terminal, OutputFormat format, bool color)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public OutputFormat Format => format;

    /// <summary>Whether more than plain letters may be drawn: what is no terminal may be read by a program.</summary>
    public bool DrawsUnicode => terminal.IsUtf8 && terminal.IsOutputTerminal;

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
            else if (terminal.IsOutputTerminal && tables[i].Headings.Count > 0 && Fitting(tables[i]) is { } fitting)
            {
                Draw(fitting.Table, fitting.Widths);
            }
            else
            {
                PlainText.WriteAligned(terminal.Out, tables[i], terminal.IsOutputTerminal && tables[i].Headings.Count == 0 ? terminal.Width : null);
            }
        }
    }

    /// <summary>A light curve as wide as the terminal; a band has its colour where colours are shown.</summary>
    public void WriteCurve(LightCurve curve)
    {
        var console = OpenConsole();
        foreach (var line in new Plot(terminal.Width, DrawsUnicode).Draw(curve))
        {
            foreach (var stroke in line)
            {
                console.Write(new Text(PlainText.Cell(stroke.Text), StyleOf(stroke.Ink)));
            }

            console.WriteLine();
        }
    }

    /// <summary>A line that stands out on a terminal.</summary>
    public void WriteHeading(string text)
    {
        var console = OpenConsole();
        console.Write(new Text(PlainText.Cell(text), new Style(decoration: Decoration.Bold)));
        console.WriteLine();
    }

    private static Style StyleOf(string ink) => ink switch
    {
        "g" => new Style(Color.Green),
        "r" => new Style(Color.Red),
        "i" or "z" or "y" => new Style(Color.Olive),
        "u" => new Style(Color.Blue),
        "limit" => new Style(Color.Grey),
        _ => Style.Plain,
    };

    private IAnsiConsole OpenConsole()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = color ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(terminal.Out),
        });
        console.Profile.Width = terminal.Width;
        return console;
    }

    /// <summary>Null where only lines without a frame are left, which the terminal parts where it ends.</summary>
    private (Table Table, IReadOnlyList<int> Widths)? Fitting(Table table) =>
        ColumnWidths.Of(table, terminal.Width) is { } widths ? (table, widths)
        : table.Narrow is { } narrow && ColumnWidths.Of(narrow, terminal.Width) is { } narrowWidths ? (narrow, narrowWidths)
        : null;

    private void Draw(Table table, IReadOnlyList<int> widths)
    {
        var console = OpenConsole();
        var drawn = new Spectre.Console.Table { Border = terminal.IsUtf8 ? TableBorder.Rounded : TableBorder.Ascii };
        foreach (var (heading, width) in table.Headings.Zip(widths))
        {
            var column = new TableColumn(new Markup($"[bold]{Markup.Escape(heading.Text)}[/]")) { Width = width };
            drawn.AddColumn(heading.IsNumber ? column.RightAligned() : column);
        }

        foreach (var row in table.Rows)
        {
            drawn.AddRow([.. row.Select(cell => new Text(PlainText.Cell(cell)))]);
        }

        console.Write(drawn);
    }
}
