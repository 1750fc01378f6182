using System.Text;
using Confluent.Kafka;
using Fink.Cli.Terminals;
using Fink.Kafka.Broker;

namespace Fink.Cli.Tests.Commands.Alerts;

/// <summary>A group's alerts, read by runs of which one is interrupted.</summary>
public sealed class InterruptedConsumeTests : IDisposable
{
    private const string Topic = "alerts";

    private readonly Cli _cli = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task An_alert_that_was_being_written_is_printed_and_does_not_come_again()
    {
        await using var broker = await EmbeddedBroker.StartAsync(
            new BrokerOptions
            {
                DataDirectory = Path.Combine(_cli.Folder, "broker"),
                Properties = new Dictionary<string, string>
                {
                    ["listeners"] = "PLAINTEXT://127.0.0.1:0",
                    ["allow.everyone.if.no.acl.found"] = "true",
                    ["group.initial.rebalance.delay.ms"] = "0",
                },
            },
            Cancel);
        var made = await _cli.RunAsync("topic", "create", Topic, "--bootstrap-server", broker.BootstrapServers);
        Assert.True(made.ExitCode == ExitCode.Done, made.Error);
        await SendAsync(broker.BootstrapServers, "one", "two", "three");
        string[] command = ["consume", Topic, "--group", "readers", "--until-end", "-o", "json", "--bootstrap-server", broker.BootstrapServers];
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var error = new StringWriter();
        using var output = new InterruptingWriter(interrupt);
        var surroundings = new Surroundings
        {
            Terminal = new Terminal { In = TextReader.Null, Out = output, Error = error },
            Environment = _cli.Environment,
            Directory = _cli.Folder,
        };

        var exitCode = await CommandLine.RunAsync(command, surroundings, interrupt.Token);
        var next = await _cli.RunAsync(command);

        Assert.True(exitCode == ExitCode.Interrupted, error.ToString());
        Assert.Contains("\"one\"", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(["""{"objectId":"two"}""", """{"objectId":"three"}"""], next.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task SendAsync(string servers, params string[] objects)
    {
        using var producer = new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = servers }).Build();
        foreach (var name in objects)
        {
            var text = Encoding.UTF8.GetBytes(name);
            var message = new Message<string, byte[]>
            {
                Key = """{"type":"record","name":"alert","fields":[{"name":"objectId","type":"string"}]}""",
                Value = [(byte)(text.Length << 1), .. text],
            };
            await producer.ProduceAsync(Topic, message, Cancel);
        }
    }

    /// <summary>Ctrl-C, as soon as anything is written.</summary>
    private sealed class InterruptingWriter(CancellationTokenSource interrupt) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            interrupt.Cancel();
        }
    }
}
