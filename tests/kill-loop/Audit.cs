using Confluent.Kafka;

namespace Fink.KillLoop;

/// <summary>Compares what the broker has with what it acknowledged.</summary>
internal sealed class Audit(string bootstrapServers, string topic, int partitions, Ledger ledger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>While the load goes on: what was acknowledged before the question, and what was asked for before the answer, are the bounds.</summary>
    public void CheckCommits()
    {
        foreach (var group in ledger.Groups)
        {
            using var consumer = CommitLoad.Build(bootstrapServers, group);
            var before = Enumerable.Range(0, partitions).Select(partition => ledger.CommitsOf(group, partition).Acknowledged).ToArray();
            foreach (var found in consumer.Committed(Enumerable.Range(0, partitions).Select(p => new TopicPartition(topic, p)), Patience))
            {
                var offset = found.Offset == Offset.Unset ? -1 : found.Offset.Value;
                var asked = ledger.CommitsOf(group, found.Partition).Asked;
                if (offset < before[found.Partition] || offset > asked)
                {
                    ledger.Violated(
                        $"group {group} is at {offset} of partition {found.Partition.Value}: {before[found.Partition]} was acknowledged, {asked} asked for");
                }
            }
        }
    }

    public void CheckTopics(IAdminClient admin)
    {
        var before = ledger.TopicsNow();
        var found = admin.GetMetadata(Patience).Topics.ToDictionary(topic => topic.Topic, topic => topic.Partitions.Count);
        var after = ledger.TopicsNow();
        foreach (var (name, state) in before)
        {
            if (after[name] != state) continue;

            if (state == TopicState.Created && found.GetValueOrDefault(name) != 2)
            {
                ledger.Violated($"topic {name} was acknowledged, and has {found.GetValueOrDefault(name)} of 2 partitions");
            }
            else if (state == TopicState.Deleted && found.ContainsKey(name))
            {
                ledger.Violated($"topic {name} is back after its deletion was acknowledged");
            }
        }
    }

    /// <summary>
    /// When nobody produces any more: every offset from 0 has a record, every acknowledged record is at its offset, no record is there
    /// twice, and each producer's are in the order in which it sent them.
    /// </summary>
    /// <returns>How many records there are.</returns>
    public long CheckRecords()
    {
        var acknowledged = ledger.Records.ToDictionary();
        using var consumer = CommitLoad.Build(bootstrapServers, "audit");
        var count = 0L;
        for (var partition = 0; partition < partitions; partition++)
        {
            var end = consumer.QueryWatermarkOffsets(new TopicPartition(topic, partition), Patience).High.Value;
            consumer.Assign(new TopicPartitionOffset(topic, partition, 0));
            var next = new Dictionary<int, int>();
            for (var offset = 0L; offset < end; offset++, count++)
            {
                var record = consumer.Consume(Patience);
                if (record is null || record.Offset.Value != offset)
                {
                    ledger.Violated($"partition {partition} has {record?.Offset.Value.ToString() ?? "nothing"} where {offset} should be (its end is {end})");
                    break;
                }

                var sent = Sent.Parse(record.Message.Key);
                CheckOrder(sent, offset, next);
                if (acknowledged.Remove((partition, offset), out var promised) && promised != sent)
                {
                    ledger.Violated($"offset {offset} of partition {partition} was acknowledged for {promised}, and has {sent}");
                }
            }
        }

        foreach (var ((partition, offset), sent) in acknowledged.Take(10))
        {
            ledger.Violated($"{sent} was acknowledged at offset {offset} of partition {partition}, and is lost ({acknowledged.Count} are)");
        }

        return count;
    }

    private void CheckOrder(Sent sent, long offset, Dictionary<int, int> next)
    {
        var expected = next.GetValueOrDefault(sent.Producer);
        while (expected < sent.Sequence && ledger.HasFailed(sent with { Sequence = expected })) expected++;
        if (sent.Sequence != expected)
        {
            ledger.Violated($"{sent} is at offset {offset}, where the record with the sequence {expected} should be");
        }

        next[sent.Producer] = sent.Sequence + 1;
    }
}
