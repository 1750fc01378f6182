using System.Text.Json.Nodes;
using Fink.Cli.Commands.Acls;
using Fink.Cli.Output;
using Fink.Cli.Terminals;
using Fink.Kafka.Acls;

namespace Fink.Cli.Tests.Output;

public sealed class RendererTests
{
    private static readonly string[] Names = ["plain", "tab\tand \u001b[31mred"];

    [Fact]
    public void An_empty_list_is_an_empty_array_an_empty_tsv_and_a_sentence_for_people()
    {
        Assert.Equal(("[]", ""), Render(OutputFormat.Json, []));
        Assert.Equal(("", ""), Render(OutputFormat.Tsv, []));
        Assert.Equal(("", "no names"), Render(OutputFormat.Table, []));
    }

    [Fact]
    public void Tsv_has_no_header_and_a_line_a_row_whatever_a_name_holds()
    {
        var (output, _) = Render(OutputFormat.Tsv, Names);

        Assert.Equal(["plain\t5", @"tab\tand \u001b[31mred" + "\t16"], output.Split(Environment.NewLine));
    }

    [Fact]
    public void Marks_that_turn_the_direction_of_writing_are_escaped_and_letters_from_right_to_left_are_not() =>
        Assert.Equal("שלום \\u202egnp.exe", PlainText.Cell("שלום \u202egnp.exe"));

    [Fact]
    public void A_table_without_a_terminal_has_aligned_columns_and_nothing_else()
    {
        var (output, _) = Render(OutputFormat.Table, ["a", "long-name"]);

        Assert.Equal(["NAME       LENGTH", "a               1", "long-name       9"], output.Split(Environment.NewLine));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Colour_is_on_a_terminal_and_only_when_wanted(bool color)
    {
        var (output, _) = Render(OutputFormat.Table, ["a"], isTerminal: true, color);

        Assert.Equal(color, output.Contains('\u001b', StringComparison.Ordinal));
    }

    [Fact]
    public void A_sentence_without_headings_is_a_line_on_a_terminal_too()
    {
        using var output = new StringWriter();
        var terminal = new Terminal { In = TextReader.Null, Out = output, Error = TextWriter.Null, IsOutputTerminal = true };

        new Renderer(terminal, OutputFormat.Table, color: true).Write(new Result(new JsonObject(), new Table([], [["allowed", "by an ACL"]])));

        Assert.Equal("allowed  by an ACL", output.ToString().TrimEnd());
    }

    [Theory]
    [InlineData(120, "Resource name")]
    [InlineData(80, "Right")]
    public void A_table_of_ACLs_parts_no_word(int width, string heading)
    {
        using var output = new StringWriter();
        var terminal = new Terminal { In = TextReader.Null, Out = output, Error = TextWriter.Null, IsOutputTerminal = true, Width = width };
        Acl[] acls =
        [
            .. AclSets.Allow("finkProducer", AclResource.Topic("fink_solar_system_lsst"), "127.0.0.1", AclOperation.DescribeConfigs),
            .. AclSets.Allow("finkProducer", AclResource.TransactionalId("fink-work-", AclPattern.Prefixed), "127.0.0.1", AclOperation.Write),
        ];

        new Renderer(terminal, OutputFormat.Table, color: false).Write(AclRows.Of(acls, "none"));

        var words = output.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.All(output.ToString().Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, width));
        Assert.Contains(heading, output.ToString(), StringComparison.Ordinal);
        Assert.All(["User:finkProducer", "DescribeConfigs", "TransactionalId", "fink_solar_system_lsst", "Prefixed", "127.0.0.1"], word => Assert.Contains(word, words));
    }

    [Fact]
    public void Where_not_even_the_words_have_room_there_is_no_frame()
    {
        using var output = new StringWriter();
        var terminal = new Terminal { In = TextReader.Null, Out = output, Error = TextWriter.Null, IsOutputTerminal = true, Width = 20 };

        new Renderer(terminal, OutputFormat.Table, color: false).Write(new Result(new JsonArray(), new Table(["Topic", "State"], [["a-name-as-long-as-it-is", "ok"]])));

        Assert.Equal(["TOPIC                    STATE", "a-name-as-long-as-it-is  ok"], output.ToString().TrimEnd().Split(Environment.NewLine));
    }

    private static (string Output, string Error) Render(OutputFormat format, string[] names, bool isTerminal = false, bool color = false)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal { In = TextReader.Null, Out = output, Error = error, IsOutputTerminal = isTerminal };
        new Renderer(terminal, format, color).Write(ListResult.Of(
            names,
            "no names",
            new Column<string>("Name", "name", name => name),
            new Column<string>(Heading.Number("Length"), "length", name => name.Length)));
        return (output.ToString().TrimEnd(), error.ToString().TrimEnd());
    }
}
