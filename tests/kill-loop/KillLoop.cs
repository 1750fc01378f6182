using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Fink.KillLoop;

/// <summary>
/// Kills a broker at random moments, again and again, under producers, commits and topics being made, and checks that it keeps what it
/// acknowledged. The clients outlive the broker and go on with its next life.
/// </summary>
public sealed class KillLoop(KillLoopOptions options, Action<string> say)
{
    private const string Topic = "loop";
    private const int Partitions = 4;
    private const int DeathsInStart = 8;

    private static readonly CompressionType[] Compressions = [CompressionType.None, CompressionType.Lz4, CompressionType.Zstd];

    private readonly Random _random = new(options.Seed);
    private readonly Ledger _ledger = new();

    /// <exception cref="KillLoopException">The broker does not come back.</exception>
    public async Task<Ledger> RunAsync()
    {
        using var admin = Admin();
        var audit = new Audit(options.BootstrapServers, Topic, Partitions, _ledger);
        using var stopping = new CancellationTokenSource();
        List<RecordLoad> producers = [];
        List<Task> load = [];
        try
        {
            for (var round = 0; round < options.Rounds; round++)
            {
                using var broker = BrokerProcess.Start(options.Broker);
                if (round > 0 && round % DeathsInStart == 0)
                {
                    await Task.Delay(_random.Next(600));
                    await broker.KillAsync();
                    continue;
                }

                await broker.WaitUntilReadyAsync(admin, options.ReadyWithin);
                if (round == 0) await BeginAsync(admin, producers, load, stopping.Token);
                audit.CheckCommits();
                audit.CheckTopics(admin);
                await Task.Delay(_random.Next((int)options.LongestRound.TotalMilliseconds));
                await broker.KillAsync();
                if (round % 10 == 9) say($"{round + 1} kills: {Counts()}");
            }

            using var last = BrokerProcess.Start(options.Broker);
            await last.WaitUntilReadyAsync(admin, options.ReadyWithin);
            await stopping.CancelAsync();
            await Task.WhenAll(load);
            producers.ForEach(producer => producer.Flush());
            audit.CheckCommits();
            audit.CheckTopics(admin);
            say($"after {options.Rounds} kills: {Counts()}, {audit.CheckRecords()} records in the log, {_ledger.Violations.Count} violations");
            await last.KillAsync();
            return _ledger;
        }
        finally
        {
            await stopping.CancelAsync();
            producers.ForEach(producer => producer.Dispose());
        }
    }

    private async Task BeginAsync(IAdminClient admin, List<RecordLoad> producers, List<Task> load, CancellationToken stopping)
    {
        var topic = new TopicSpecification
        {
            Name = Topic,
            NumPartitions = Partitions,
            ReplicationFactor = 1,
            // So that kills hit the end of a segment too.
            Configs = new() { ["segment.bytes"] = "262144" },
        };
        await admin.CreateTopicsAsync([topic]);
        for (var i = 0; i < Compressions.Length; i++)
        {
            var producer = new RecordLoad(options.BootstrapServers, i, Compressions[i], _random.Next(), _ledger);
            producers.Add(producer);
            load.Add(Task.Run(() => producer.RunAsync(Topic, Partitions, stopping), CancellationToken.None));
        }

        foreach (var group in new[] { "by-itself-1", "by-itself-2", "member" })
        {
            var commits = new CommitLoad(options.BootstrapServers, group, Topic, Partitions, asMember: group == "member", _ledger);
            load.Add(Task.Factory.StartNew(
                () => commits.Run(stopping), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        }

        load.Add(new TopicLoad(admin, _ledger, new Random(_random.Next())).RunAsync(stopping));
    }

    private string Counts() =>
        $"{_ledger.RecordsAcknowledged} records, {_ledger.CommitsAcknowledged} commits, {_ledger.TopicsCreated} topics ({_ledger.TopicsDeleted} deleted) acknowledged, {_ledger.RecordsFailed} records failed";

    private IAdminClient Admin() => new AdminClientBuilder(new AdminClientConfig
    {
        BootstrapServers = options.BootstrapServers,
        ReconnectBackoffMs = 20,
        ReconnectBackoffMaxMs = 200,
    })
        .SetLogHandler((_, _) => { })
        .SetErrorHandler((_, _) => { })
        .Build();
}
