using System.Text.Json;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Walk;

/// <summary>The commands do and answer the same in every mode, each mode where its cluster is there.</summary>
public sealed class EveryModeTests(TestClusters clusters) : IDisposable
{
    private const string Password = "eve-password-of-a-test";

    private readonly string _folder = Directory.CreateTempSubdirectory("fink-modes-").FullName;

    public static TheoryData<string> Modes => [TestClusters.Embedded, TestClusters.ZooKeeper, TestClusters.Kraft];

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Topics(string mode)
    {
        var run = await RunnerAsync(mode);

        Assert.Equal("topic modes-t: created\n", await run.Does(0, "topic create modes-t --partitions 2 --config retention.ms=1000000"));
        await run.Does(1, "topic create modes-t", "exists");
        await run.Does(0, "topic create modes-t --partitions 2 --config retention.ms=1000000 --if-not-exists");
        await run.Does(2, "topic create modes-u --replication-factor 0");
        await run.Does(1, "topic create modes-u --replication-factor 3", "modes-u");
        await run.Does(1, "topic create modes-u --config no.such.config=1", "modes-u");
        using (var described = JsonDocument.Parse(await run.Does(0, "topic describe modes-t -o json")))
        {
            var text = described.RootElement.ToString();
            Assert.Contains("retention.ms", text, StringComparison.Ordinal);
        }

        await run.Does(0, "topic alter modes-t --partitions 3 --config max.message.bytes=2000000");
        await run.Does(1, "topic alter modes-t --partitions 2", "modes-t");
        Assert.Contains("modes-t\t3\t1\t", await run.Does(0, "topic describe modes-t -o tsv"), StringComparison.Ordinal);
        Assert.Contains("modes-t\n", await run.Does(0, "topic list -o tsv"), StringComparison.Ordinal);
        await run.Does(0, "topic delete modes-t --yes");
        Assert.DoesNotContain("modes-t", await run.Does(0, "topic list -o tsv"), StringComparison.Ordinal);
        await run.Does(1, "topic describe modes-t", "modes-t");
        await run.Does(1, "topic delete modes-t --yes", "modes-t");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Users_and_rights(string mode)
    {
        var run = await RunnerAsync(mode);
        await run.Does(0, "topic create modes-r");

        await run.Asks(0, Password, "user add modes-eve --password-stdin");
        await run.Asks(0, Password, "user verify modes-eve --password-stdin");
        await run.Asks(3, "not-this-one", "user verify modes-eve --password-stdin");
        Assert.Contains("modes-eve\tSCRAM-SHA-512", await run.Does(0, "user list -o tsv"), StringComparison.Ordinal);

        await run.Does(3, "acl check --user modes-eve --read modes-r --group modes-g");
        await run.Does(5, $"topic describe modes-r --command-config {Eve(run)}");
        await run.Does(0, "acl add --user modes-eve --host 127.0.0.1 --consumer --topic modes-r --group modes-g");
        await run.Does(0, "acl check --user modes-eve --read modes-r --group modes-g --wait 10s");
        await run.Does(3, "acl check --user modes-eve --write modes-r");
        await run.Does(0, "acl add --user modes-eve --deny Read --topic modes-r");
        await run.Does(3, "acl check --user modes-eve --read modes-r");
        var acls = await run.Does(0, "acl list --user modes-eve -o tsv");
        Assert.Equal(4, acls.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.StartsWith("User:modes-eve\t", StringComparison.Ordinal)));
        await run.Does(0, "acl remove --user modes-eve --deny Read --topic modes-r --yes");
        await run.Does(0, "acl remove --user modes-eve --host 127.0.0.1 --consumer --topic modes-r --group modes-g --yes");
        Assert.DoesNotContain("modes-eve", await run.Does(0, "acl list -o tsv"), StringComparison.Ordinal);

        await run.Does(0, "user delete modes-eve --yes");
        Assert.DoesNotContain("modes-eve", await run.Does(0, "user list -o tsv"), StringComparison.Ordinal);
        await run.Does(1, "user delete modes-eve --yes", "modes-eve");
        await run.Does(5, $"topic list --command-config {Eve(run)}");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_night_is_distributed_and_read_and_its_groups_are_told(string mode)
    {
        var run = await RunnerAsync(mode);
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "rules.yaml"), "partitions: 2\ntopics: [{ name: fink_modes_all }]\n", TestContext.Current.CancellationToken);
        await run.Does(0, "simulate --alerts 40 --files 2 --out night");

        Assert.Contains("fink_modes_all\t40\t40\t0\n", await run.Does(0, "distribute --source night --rules rules.yaml --job modes -o tsv"), StringComparison.Ordinal);
        await run.Does(0, "distribute --source night --rules rules.yaml --job modes", "nothing to do");
        Assert.Equal(40, Lines(await run.Does(0, "consume fink_modes_all --until-end -o json")));
        Assert.Equal(5, Lines(await run.Does(0, "consume fink_modes_all --group spark-kafka-modes --limit 5 -o tsv")));

        Assert.Contains("fink-work-modes", await run.Does(0, "group list -o tsv"), StringComparison.Ordinal);
        Assert.Contains("\"lag\": 0", await run.Does(0, "group describe fink-work-modes -o json"), StringComparison.Ordinal);
        await run.Does(0, "group describe spark-kafka-modes -o json");
        await run.Does(1, "group describe modes-nobody", "no such group");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task The_original_s_syntax(string mode)
    {
        var run = await RunnerAsync(mode);

        Assert.Contains("Created topic modes-o.", await run.Does(0, "--create-topic modes-o"), StringComparison.Ordinal);
        await run.Does(0, "--create-topic modes-o");
        Assert.Contains("PartitionCount: 2", await run.Does(0, "--describe-topic modes-o"), StringComparison.Ordinal);
        Assert.Contains("modes-o\n", await run.Does(0, "--list-topics"), StringComparison.Ordinal);
        await run.Does(0, $"--authentication -a -u modes-ann -p {Password}");
        await run.Does(0, "--authorization -a -u modes-ann -H 127.0.0.1 -c modes-og -t modes-o");
        Assert.Contains("principal=User:modes-ann, host=127.0.0.1, operation=READ", await run.Does(0, "--list-acl"), StringComparison.Ordinal);
        await run.Does(0, "--authorization -d -u modes-ann -H 127.0.0.1 -c modes-og -t modes-o");
        Assert.DoesNotContain("modes-ann", await run.Does(0, "--list-acl"), StringComparison.Ordinal);
        await run.Does(0, "--authentication -d -u modes-ann");
        await run.Does(0, "--delete-topic modes-o");
        await run.Does(1, "--describe-topic modes-o");
        await run.Does(1, "--create-topic");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Status_and_a_second_start(string mode)
    {
        var run = await RunnerAsync(mode);

        using var status = JsonDocument.Parse(await run.Does(0, "status -o json"));
        Assert.True(status.RootElement.GetProperty("ready").GetBoolean());
        Assert.Equal(mode, status.RootElement.GetProperty("mode").GetString());
        Assert.Equal(["admin", "finkConsumer", "finkProducer"], status.RootElement.GetProperty("credentials").EnumerateObject().Select(user => user.Name).Order());
        Assert.All(status.RootElement.GetProperty("processes").EnumerateArray(), process => Assert.True(process.GetProperty("pid").GetInt32() > 0));
        await run.Does(0, "start", "runs already");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static int Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>Client properties as an administrator hands them out.</summary>
    private string Eve(Runner run)
    {
        var file = Path.Combine(_folder, "eve.properties");
        File.WriteAllText(
            file,
            $"""
            bootstrap.servers={run.Cluster.BootstrapServers}
            security.protocol=SASL_PLAINTEXT
            sasl.mechanism=SCRAM-SHA-512
            sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="modes-eve" password="{Password}";
            """);
        return file;
    }

    private async Task<Runner> RunnerAsync(string mode) => new(await clusters.OfAsync(mode), _folder);

    /// <summary>Runs the command on the cluster of its data folder.</summary>
    private sealed record Runner(TestCluster Cluster, string Folder)
    {
        public Task<string> Does(int exitCode, string line, string says = "") => RunAsync(exitCode, "", line, says);

        public Task<string> Asks(int exitCode, string input, string line) => RunAsync(exitCode, input + "\n", line, "");

        private async Task<string> RunAsync(int expected, string input, string line, string says)
        {
            var start = Tool.Start(Folder, "dotnet", [Tool.Assembly, .. line.Split(' ')]);
            start.Environment["FINK_KAFKA_DATA_DIR"] = Cluster.Description.DataDir;
            if (Cluster.Description.KafkaHome is { } home)
            {
                start.Environment["KAFKA_HOME"] = home;
            }

            var (exitCode, output, error) = await Tool.RunAsync(start, input);
            Assert.True(exitCode == expected, $"{line}: exit code {exitCode}, not {expected}: {output}{error}");
            Assert.Contains(says, output + error, StringComparison.Ordinal);
            return output;
        }
    }
}
