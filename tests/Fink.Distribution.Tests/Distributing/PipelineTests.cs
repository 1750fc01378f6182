using Fink.Distribution.Configuration;
using Fink.Distribution.Distributing;
using Fink.Distribution.Planning;
using Fink.Distribution.Publishing;
using Fink.Distribution.Routing;
using Fink.Distribution.WorkLists;
using Fink.Kafka;
using Fink.TestSupport;

namespace Fink.Distribution.Tests.Distributing;

/// <summary>
/// A part that fails must take the others with it before any of them believes that all is done: the last commit goes past
/// every slice that was given out. What is tested is a race, so it is run many times.
/// </summary>
public sealed class PipelineTests : IDisposable
{
    private const int Rounds = 25;

    private static readonly Dictionary<string, string> NoBroker = new() { ["bootstrap.servers"] = "127.0.0.1:1", ["log.queue"] = "true" };

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

    private async Task<Exception?> RunAsync(Work work, ITopicPreparation preparation)
    {
        var topics = new TopicTable([]);
        var counts = new RunCounts(topics, null, 1);
        using var source = new AlertSource(new DistributionOptions { Rules = _rules, Source = _night.Folder }, topics, _ => { });
        work.Slices = new Queue<Slice>(source.CutAll(file => Assert.Fail(file.Reason)));
        using var queues = new PipelineQueues();
        using var sender = new AlertSender(
            NoBroker, 1_000_000, _rules, counts, preparation, queues.Ended.Writer, TimeProvider.System);
        var reader = new AlertReader(source, counts, queues.Full, queues.Empty, null);
        return await new Pipeline(reader, sender, work, counts, queues)
            .RunAsync(work, CancellationToken.None, TestContext.Current.CancellationToken);
    }

    private sealed class Work : IWorkQueue, ISliceCommit
    {
        public Queue<Slice> Slices { get; set; } = [];

        public Exception? Error { get; init; }

        public int Commits { get; private set; }

        public Task<PlannedSlice?> NextAsync(CancellationToken cancellationToken) =>
            Error is not null ? Task.FromException<PlannedSlice?>(Error)
            : Task.FromResult(Slices.TryDequeue(out var slice) ? new PlannedSlice(slice, 1, null) : null);

        public Task CommitAsync(IReadOnlyList<FinishedSlice> finished, CancellationToken cancellationToken)
        {
            Commits++;
            return Task.CompletedTask;
        }
    }

    private sealed class NoPreparation : ITopicPreparation
    {
        public Task<IReadOnlyList<PreparedTopic>> PrepareAsync(IReadOnlyList<AlertTopic> topics, CancellationToken cancellationToken) =>
            throw new KafkaOperationException(FailureKind.TimedOut, "the cluster did not answer");
    }
}
