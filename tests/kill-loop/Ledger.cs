using System.Collections.Concurrent;

namespace Fink.KillLoop;

/// <summary>What the broker has acknowledged, what it was asked for, and what it broke. Safe for any number of threads.</summary>
public sealed class Ledger
{
    private readonly ConcurrentDictionary<(int Partition, long Offset), Sent> _records = new();
    private readonly ConcurrentDictionary<Sent, string> _failed = new();
    private readonly ConcurrentDictionary<(string Group, int Partition), Commits> _commits = new();
    private readonly ConcurrentDictionary<string, TopicState> _topics = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private long _commitsAcknowledged;

    public IReadOnlyCollection<string> Violations => _violations;

    public int RecordsAcknowledged => _records.Count;

    public int RecordsFailed => _failed.Count;

    public long CommitsAcknowledged => Interlocked.Read(ref _commitsAcknowledged);

    public int TopicsCreated => _topics.Values.Count(state => state is not TopicState.Asked);

    public int TopicsDeleted => _topics.Values.Count(state => state is TopicState.Deleted);

    public IEnumerable<KeyValuePair<(int Partition, long Offset), Sent>> Records => _records;

    public IReadOnlyCollection<string> Groups => [.. _commits.Keys.Select(key => key.Group).Distinct()];

    public IReadOnlyDictionary<string, TopicState> TopicsNow() => _topics.ToDictionary();

    public void Violated(string what) => _violations.Enqueue(what);

    public void Acknowledged(Sent sent, int partition, long offset)
    {
        if (!_records.TryAdd((partition, offset), sent))
        {
            Violated($"offset {offset} of partition {partition} was acknowledged for {_records[(partition, offset)]} and for {sent}");
        }
    }

    /// <summary>The record may be in the log, once, or not.</summary>
    public void Failed(Sent sent, string why) => _failed[sent] = why;

    public bool HasFailed(Sent sent) => _failed.ContainsKey(sent);

    public void CommitAsked(string group, int partition, long offset) =>
        _commits.AddOrUpdate((group, partition), new Commits(-1, offset), (_, commits) => commits with { Asked = Math.Max(commits.Asked, offset) });

    public void CommitAcknowledged(string group, int partition, long offset)
    {
        _commits.AddOrUpdate((group, partition), new Commits(offset, offset), (_, commits) => commits with { Acknowledged = offset });
        Interlocked.Increment(ref _commitsAcknowledged);
    }

    public Commits CommitsOf(string group, int partition) => _commits.GetValueOrDefault((group, partition), new Commits(-1, -1));

    public void Topic(string name, TopicState state) => _topics[name] = state;
}

/// <param name="Sequence">Counts the producer's records in the partition, from 0.</param>
public readonly record struct Sent(int Producer, int Partition, int Sequence)
{
    public override string ToString() => $"{Producer}/{Partition}/{Sequence}";

    public static Sent Parse(string text) =>
        text.Split('/') is [var producer, var partition, var sequence]
            ? new(int.Parse(producer), int.Parse(partition), int.Parse(sequence))
            : throw new FormatException($"{text} is no record of this loop");
}

/// <summary>Both rise only. What is found is between them.</summary>
public readonly record struct Commits(long Acknowledged, long Asked);

public enum TopicState
{
    Asked,
    Created,
    AskedToDelete,
    Deleted,
}
