using Fink.Distribution.Configuration;
using FsCheck.Xunit;

namespace Fink.Distribution.Tests.Configuration;

public sealed class ConfFileTests
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["FINK_HOME"] = "/opt/fink",
        ["HOME"] = "/home/operator",
    };

    [Theory]
    [InlineData("NAME=plain", "plain")]
    [InlineData("NAME=\"two words\"", "two words")]
    [InlineData("NAME='two words'", "two words")]
    [InlineData("NAME=one\" \"two' 'three", "one two three")]
    [InlineData("NAME=two\\ words", "two words")]
    [InlineData("NAME=\"a \\\"b\\\" \\$c \\\\ \\n\"", "a \"b\" $c \\ \\n")]
    [InlineData("NAME='${FINK_HOME} \\'", "${FINK_HOME} \\")]
    [InlineData("NAME=${FINK_HOME}/conf", "/opt/fink/conf")]
    [InlineData("NAME=\"$FINK_HOME/conf\"", "/opt/fink/conf")]
    [InlineData("OTHER=a\nNAME=${OTHER}b$OTHER", "aba")]
    [InlineData("FINK_HOME=/here\nNAME=$FINK_HOME", "/here")]
    [InlineData("NAME=${NOTHING:-fallback}", "fallback")]
    [InlineData("NAME=~/kafka", "/home/operator/kafka")]
    [InlineData("NAME=value # a comment", "value")]
    [InlineData("NAME=va#lue", "va#lue")]
    [InlineData("# NAME=not\nNAME=this", "this")]
    [InlineData("NAME=first; NAME=second", "second")]
    [InlineData("export NAME=value", "value")]
    [InlineData("readonly NAME=\"value\"", "value")]
    [InlineData("declare -r NAME=value", "value")]
    [InlineData("NAME=a\nNAME+=b", "ab")]
    [InlineData("NAME=one\\\ntwo", "onetwo")]
    [InlineData("NAME=\"line one\nline two\"", "line one\nline two")]
    [InlineData("NAME=value\r\n", "value")]
    [InlineData("\uFEFFNAME=value", "value")]
    [InlineData("A=1 NAME=value", "value")]
    [InlineData("NAME=\"$\"", "$")]
    [InlineData("LIST=(x y z)\nNAME=${LIST[1]}", "y")]
    public void An_assignment_gives_what_a_shell_would_give(string text, string expected)
    {
        var conf = Parse(text);

        Assert.Equal(expected, conf.Find("NAME")?.Text);
        Assert.DoesNotContain(conf.Notes, note => note.IsWarning);
    }

    [Theory]
    [InlineData("NAME=$(touch {0})")]
    [InlineData("NAME=`touch {0}`")]
    [InlineData("NAME=\"x$(touch {0})y\"")]
    [InlineData("NAME=${OTHER:-$(touch {0})}")]
    [InlineData("touch {0}")]
    [InlineData("NAME=x touch {0}")]
    [InlineData("true && touch {0}")]
    [InlineData("NAME=<(touch {0})")]
    [InlineData("(touch {0})")]
    [InlineData("if touch {0}; then NAME=x; fi")]
    [InlineData("f() { touch {0}; }\nf")]
    [InlineData("NAME[$(touch {0})]=x")]
    public void Nothing_is_executed_and_a_value_that_needs_it_is_not_set(string template)
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));

        var conf = Parse(template.Replace("{0}", path, StringComparison.Ordinal));

        Assert.False(File.Exists(path));
        Assert.Null(conf.Find("NAME"));
        Assert.Empty(conf.FindArray("NAME"));
        Assert.All(conf.All(), value => Assert.DoesNotContain(path, value.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("A=1\nNAME=$(date)", 2, "NAME")]
    [InlineData("echo hello", 1, "echo")]
    [InlineData("A=1\n\nsource other.conf", 3, "source")]
    [InlineData("NAME=$MISSING/x", 1, "MISSING")]
    [InlineData("if true; then\nNAME=x\nfi", 1, "NAME")]
    [InlineData("A=$(date)\nNAME=$A", 2, "NAME")]
    [InlineData("NAME=$((1 + 2))", 1, "NAME")]
    [InlineData("test -d x && NAME=y", 1, "NAME")]
    [InlineData("NAME=x | tee log", 1, "NAME")]
    [InlineData("NAME[i]=x", 1, "NAME[i]")]
    public void What_is_passed_over_is_a_warning_that_names_its_line(string text, int line, string named)
    {
        var warnings = Parse(text).Notes.Where(note => note.IsWarning);

        Assert.Contains(warnings, warning =>
            warning.Position.Line == line && warning.Message.Contains(named, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("A=1\nNAME='never closed\nB=2", 2)]
    [InlineData("NAME=\"never", 1)]
    [InlineData("NAME=$(never", 1)]
    [InlineData("NAME=${never", 1)]
    [InlineData("NAME=`never", 1)]
    [InlineData("A=1\nNAME=(x y", 2)]
    [InlineData("for x in y; do\nA=1", 1)]
    [InlineData("cat <<END\ntext", 1)]
    public void What_is_never_closed_is_an_error_at_its_line(string text, int line)
    {
        var error = Assert.Throws<ConfigurationException>(() => Parse(text));

        Assert.Equal(line, Assert.Single(error.Mistakes).Position?.Line);
    }

    [Fact]
    public void The_files_of_the_original_are_read_as_they_are()
    {
        var conf = Parse("""
            # The ports of ZooKeeper and the brokers
            ZK_IPPORT="localhost:2182"
            declare -a KAFKA_BROKER_IPPORT
            declare -a KAFKA_BROKER_PROPERTIES
            KAFKA_BROKER_IPPORT[0]="localhost:9093"
            KAFKA_BROKER_IPPORT[1]="localhost:9094"
            KAFKA_BROKER_IPPORT[2]="localhost:9095"
            KAFKA_BROKER_PROPERTIES[0]=${FINK_HOME}/conf/fink_kafka.server0.properties

            declare kafka_servers
            for server in "${KAFKA_BROKER_IPPORT[@]}"; do
                kafka_servers="${kafka_servers},${server}"
            done
            DISTRIBUTION_SERVERS=${kafka_servers#,}

            cd ${FINK_HOME}
            [[ -d fink_kafka_logs ]] || mkdir fink_kafka_logs
            zk_logs="fink_kafka_logs/zk.log"

            DISTRIBUTION_TOPIC="fink_outstream"
            DISTRIBUTION_SCHEMA="${FINK_HOME}/schemas/distribution_schema.avsc"
            DISTRIBUTION_OFFSET="latest"
            """);

        Assert.Equal("localhost:9093,localhost:9094,localhost:9095", conf.DistributionServers?.Text);
        Assert.Equal("localhost:2182", conf.ZooKeeperAddress?.Text);
        Assert.Equal(["localhost:9093", "localhost:9094", "localhost:9095"], conf.BrokerAddresses.Select(value => value.Text));
        Assert.Equal("/opt/fink/conf/fink_kafka.server0.properties", Assert.Single(conf.BrokerProperties).Text);
        Assert.Equal("fink_outstream", conf.DistributionTopic?.Text);
        Assert.Equal("/opt/fink/schemas/distribution_schema.avsc", conf.DistributionSchema?.Text);
        Assert.Equal(20, conf.DistributionTopic?.Position.Line);
        Assert.Equal("KAFKA_BROKER_IPPORT[1]", conf.BrokerAddresses[1].Name);
        Assert.DoesNotContain(conf.Notes, note => note.IsWarning);
        Assert.Equal([11, 14, 16, 17, 17], conf.Notes.Select(note => note.Position.Line));
    }

    [Fact]
    public void Servers_that_are_given_win_over_the_array()
    {
        var conf = Parse("KAFKA_BROKER_IPPORT[0]=a:1\nDISTRIBUTION_SERVERS=b:2");

        Assert.Equal("b:2", conf.DistributionServers?.Text);
        Assert.Equal(2, conf.DistributionServers?.Position.Line);
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error_that_names_it()
    {
        var error = Assert.Throws<ConfigurationException>(() => ConfFile.Load("/no/such/fink.conf", Environment));

        Assert.Contains("/no/such/fink.conf", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_binary_file_is_an_error()
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, [0x50, 0x41, 0xFF, 0xFE, 0x80]);

        Assert.Throws<ConfigurationException>(() => ConfFile.Load(path, Environment));
        File.Delete(path);
    }

    [Property(MaxTest = 2000)]
    public void Any_text_is_read_or_refused_by_the_typed_error(string? text) => ReadOrRefuse(text ?? "");

    [Property(MaxTest = 5000)]
    public void Any_mix_of_what_a_shell_knows_is_read_or_refused_by_the_typed_error(byte[] choices)
    {
        string[] pieces =
        [
            "A", "=", "(", ")", "$", "{", "}", "'", "\"", "`", "\\", "\n", " ", ";", "&&", "||", "|", "<<", "#", "[", "]", "[[ ",
            " ]]", "for ", " do ", " done", "if ", " then ", " fi", "case ", " esac", "A=", "A[0]=", "$A", "${A", "$(", "B+=(", "~/",
        ];

        ReadOrRefuse(string.Concat(choices.Select(choice => pieces[choice % pieces.Length])));
    }

    private static void ReadOrRefuse(string text)
    {
        try
        {
            var conf = Parse(text);
            Assert.NotNull(conf.All());
        }
        catch (ConfigurationException e)
        {
            Assert.NotEmpty(e.Mistakes);
        }
    }

    private static ConfFile Parse(string text) => ConfFile.Parse(text, "fink.conf", Environment);
}
