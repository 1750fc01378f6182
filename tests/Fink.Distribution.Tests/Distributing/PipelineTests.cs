using Fink.Distribution.Configuration;
using Fink.Distribution.Distributing;
using Fink.Distribution.Planning;
using Fink.Distribution.Publishing;
using Fink.Distribution.Routing;
using Fink.Distribution.WorkLists;
using Fink.Kafka;
using Fink.Kafka.Clients;
using Fink.Kafka.Properties;
using Fink.TestSupport;

namespace Fink.Distribution.Tests.Distributing;

/// <summary>
/// What the parts do to each other. A part that fails must take the others with it before any of them believes that all is done: the last commit goes past
/// every slice that was given out. What is tested is a race, so it is run many times.
/// </summary>
public sealed class PipelineTests : IDisposable
{
    private const int Rounds = 25;

    private static readonly KafkaConnection Nowhere = new("127.0.0.1:1", ClientProperties.Plaintext);

    private static readonly Dictionary<string, string> NoBroker = new()
    {
        ["bootstrap.servers"] = Nowhere.BootstrapServers,
        ["log.queue"] = "true",
        ["message.timeout.ms"] = "200",
    };

    private readonly ParquetFiles _night = new();
    private readonly DistributionRules _rules;

    public PipelineTests()
    {
        _night.Write("a.parquet", "SELECT 1 AS candid, 'ZTF1' AS objectId");
        var rules = _night.PathOf("_rules.yaml");
        File.WriteAllText(rules, "topics: [{ name: all }]");
        _rules = RulesFile.LoadYaml(rules);
    }

    public void Dispose() => _night.Dispose();

    [Fact]
    public async Task A_sender_that_fails_lets_nothing_be_committed()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var work = new Work();

            var error = await RunAsync(work, new NoPreparation());

            Assert.IsType<KafkaOperationException>(error);
            Assert.Equal(0, work.Commits);
        }
    }

    [Fact]
    public async Task A_reader_that_fails_lets_nothing_be_committed()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var work = new Work { Error = new InvalidOperationException("no list") };

            var error = await RunAsync(work, new NoPreparation());

            Assert.Same(work.Error, error);
            Assert.Equal(0, work.Commits);
        }
    }

    [Fact]
    public async Task A_topic_that_took_no_message_in_time_gets_no_other_in_this_run_and_the_rest_goes_on()
    {
        const int alerts = 3000;
        _night.Write("b.parquet", $"SELECT i AS candid, 'ZTF' || i AS objectId FROM range({alerts}) t(i)");
        var topics = new TopicTable([]);
        var counts = new RunCounts(topics, null, 1);
        var work = new Work();

        // One message fits the queue: if each waited for its own time-out, this would take minutes.
        var error = await RunAsync(work, new Prepared(), new ClientWatch(Nowhere), counts, topics, queueBytes: 1);

        Assert.Null(error);
        var summary = counts.Summarise(DistributionEnd.Done, 0, null);
        Assert.Equal(alerts + 1, Assert.Single(summary.Topics).Failed);
        Assert.Contains("Cannot send to topic all at 127.0.0.1:1", Assert.Single(summary.Failures).Reason, StringComparison.Ordinal);
        Assert.All(work.Finished, slice => Assert.False(slice.IsDone));
        Assert.Equal(2, work.Finished.Count);
    }

    [Fact]
    public async Task A_log_in_that_is_refused_ends_the_run_and_nothing_is_committed()
    {
        var watch = new ClientWatch(Nowhere);
        watch.OnError(new Confluent.Kafka.Error(Confluent.Kafka.ErrorCode.Local_Authentication, "SASL authentication error: invalid credentials"));
        var work = new Work();
        var topics = new TopicTable([]);

        var error = await RunAsync(work, new Prepared(), watch, new RunCounts(topics, null, 1), topics);

        var refused = Assert.IsType<KafkaOperationException>(error);
        Assert.Equal(FailureKind.AuthenticationFailed, refused.Kind);
        Assert.Contains("invalid credentials", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, work.Commits);
    }

    private Task<Exception?> RunAsync(Work work, ITopicPreparation preparation)
    {
        var topics = new TopicTable([]);
        return RunAsync(work, preparation, new ClientWatch(Nowhere), new RunCounts(topics, null, 1), topics);
    }

    private async Task<Exception?> RunAsync(
        Work work, ITopicPreparation preparation, ClientWatch watch, RunCounts counts, TopicTable topics, long queueBytes = 1_000_000)
    {
        using var source = new AlertSource(new DistributionOptions { Rules = _rules, Source = _night.Folder }, topics, _ => { });
        work.Slices = new Queue<Slice>(source.CutAll(file => Assert.Fail(file.Reason)));
        using var queues = new PipelineQueues(queueBytes);
        using var sender = new AlertSender(
            NoBroker, queueBytes, _rules, counts, preparation, watch, queues, TimeProvider.System);
        var reader = new AlertReader(source, counts, queues, null);
        return await new Pipeline(reader, sender, work, counts, queues)
            .RunAsync(work, CancellationToken.None, TestContext.Current.CancellationToken);
    }

    private sealed class Work : IWorkQueue, ISliceCommit
    {
        public Queue<Slice> Slices { get; set; } = [];

        public Exception? Error { get; init; }

        public int Commits { get; private set; }

        public List<FinishedSlice> Finished { get; } = [];

        public Task<PlannedSlice?> NextAsync(CancellationToken cancellationToken) =>
            Error is not null ? Task.FromException<PlannedSlice?>(Error)
            : Task.FromResult(Slices.TryDequeue(out var slice) ? new PlannedSlice(slice, 1, null) : null);

        public Task CommitAsync(IReadOnlyList<FinishedSlice> finished, CancellationToken cancellationToken)
        {
            Commits++;
            Finished.AddRange(finished);
            return Task.CompletedTask;
        }
    }

    private sealed class Prepared : ITopicPreparation
    {
        public Task<IReadOnlyList<PreparedTopic>> PrepareAsync(IReadOnlyList<AlertTopic> topics, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<PreparedTopic>>([.. topics.Select(_ => new PreparedTopic(1, null))]);
    }

    private sealed class NoPreparation : ITopicPreparation
    {
        public Task<IReadOnlyList<PreparedTopic>> PrepareAsync(IReadOnlyList<AlertTopic> topics, CancellationToken cancellationToken) =>
            throw new KafkaOperationException(FailureKind.TimedOut, "the cluster did not answer");
    }
}
