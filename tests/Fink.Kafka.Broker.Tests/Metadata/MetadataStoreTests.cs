using System.Collections.Immutable;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Broker.Security.Scram;
using Fink.Kafka.Broker.Storage.Journals;
using Fink.Kafka.Broker.Tests.Storage.Journals;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Tests.Metadata;

// Fink.Kafka, which is nearer, has others of these names.
using Acl = Fink.Kafka.Broker.Security.Acls.Acl;
using AclOperation = Fink.Kafka.Protocol.Values.AclOperation;
using ScramMechanism = Fink.Kafka.Protocol.Values.ScramMechanism;

public sealed class MetadataStoreTests
{
    private static readonly ImmutableDictionary<string, string> NoConfigs = ImmutableDictionary<string, string>.Empty;
    private static readonly Topic Alerts = new("fink_alerts", new Guid("03399b79-43c3-4764-a7c9-df00cc69e176"), 3, NoConfigs.Add("retention.ms", "5"));
    private static readonly Acl Rule = new(
        new ResourcePattern(ResourceType.Topic, PatternType.Prefixed, "fink_"), "User:é", "*", AclOperation.Read, AclPermissionType.Allow);

    internal static readonly MetadataChange[] Everything =
    [
        new MetadataChange.TopicCreated(Alerts),
        new MetadataChange.TopicCreated(new Topic("gone", new Guid(7, 0, 0, new byte[8]), 1, NoConfigs)),
        new MetadataChange.TopicDeleted(new Guid(7, 0, 0, new byte[8])),
        new MetadataChange.PartitionsGrown(Alerts.Id, 9),
        new MetadataChange.TopicConfigsSet(Alerts.Id, NoConfigs.Add("cleanup.policy", "compact")),
        new MetadataChange.BrokerConfigsSet("", NoConfigs.Add("log.retention.ms", "7")),
        new MetadataChange.CredentialSet("é", ScramCredential.FromPassword(ScramMechanism.ScramSha256, "p", [0, 1], 4096)),
        new MetadataChange.CredentialSet("é", ScramCredential.FromPassword(ScramMechanism.ScramSha512, "p", [0, 1], 4096)),
        new MetadataChange.CredentialDeleted("é", ScramMechanism.ScramSha256),
        new MetadataChange.AclAdded(Rule),
        new MetadataChange.AclAdded(Rule with { Host = "gone" }),
        new MetadataChange.AclRemoved(Rule with { Host = "gone" }),
        new MetadataChange.QuotasSet(
            new QuotaEntity("u", QuotaEntity.Default, null), ImmutableDictionary<string, double>.Empty.Add("consumer_byte_rate", 0.5)),
        new MetadataChange.ProducerIdsReserved(2000),
    ];

    [Fact]
    public void What_was_changed_is_there_after_a_restart()
    {
        var journal = new MemoryJournal();
        foreach (var change in Everything) Make(MetadataStore.Open(journal), change);

        CheckEverything(MetadataStore.Open(journal).Image);
    }

    [Fact]
    public void A_snapshot_leads_to_the_same_image()
    {
        var store = MetadataStore.Open(new MemoryJournal());
        Make(store, Everything);
        var journal = new MemoryJournal();
        var payload = new PayloadWriter();
        MetadataRecords.Write(payload, store.Image.ToChanges());
        journal.Snapshot(journal.Length, append => append(MetadataRecords.Changes, MetadataRecords.Version, payload.Written));

        var again = MetadataStore.Open(journal).Image;

        CheckEverything(again);
        Assert.Equal(store.Image.DecoySecret.AsSpan(), again.DecoySecret.AsSpan());
    }

    [Fact]
    public void What_could_not_be_written_is_not_seen()
    {
        var journal = new MemoryJournal();
        var store = MetadataStore.Open(journal);
        journal.IsFull = true;
        Assert.Throws<IOException>(() => Make(store, new MetadataChange.TopicCreated(Alerts)));
        Assert.Empty(store.Image.Topics);

        journal.IsFull = false;
        Make(store, new MetadataChange.TopicCreated(Alerts));
        Assert.Single(store.Image.Topics);
    }

    [Fact]
    public void A_change_is_seen_by_nobody_before_it_is_written()
    {
        var journal = new MemoryJournal();
        var store = MetadataStore.Open(journal);
        var seen = -1;
        journal.Appending = () => seen = store.Image.Topics.Count;

        Make(store, new MetadataChange.TopicCreated(Alerts));

        Assert.Equal(0, seen);
    }

    [Fact]
    public void A_topic_that_is_made_again_is_another_one()
    {
        var store = MetadataStore.Open(new MemoryJournal());
        Make(store, new MetadataChange.TopicCreated(Alerts));
        Make(store, new MetadataChange.TopicDeleted(Alerts.Id), new MetadataChange.TopicCreated(Alerts with { Id = Guid.NewGuid() }));

        Assert.NotEqual(Alerts.Id, store.Image.Topics["fink_alerts"].Id);
        Assert.False(store.Image.TopicsById.ContainsKey(Alerts.Id));
        Assert.Equal("fink_alerts", store.Image.CollisionKeys[TopicName.CollisionKey("fink.alerts")]);
    }

    [Fact]
    public void The_journal_is_written_anew_when_the_dead_outweigh_the_living()
    {
        var journal = new MemoryJournal();
        var store = MetadataStore.Open(journal);
        var big = NoConfigs.Add("leader.replication.throttled.replicas", new string('x', 100_000));
        Make(store, new MetadataChange.TopicCreated(Alerts));
        for (var i = 0; i < 100; i++) Make(store, new MetadataChange.TopicConfigsSet(Alerts.Id, big));

        Assert.True(journal.Bytes < 5_000_000, $"{journal.Bytes} bytes");
        Assert.Equal(big, MetadataStore.Open(journal).Image.Topics["fink_alerts"].Configs);
    }

    [Fact]
    public void What_a_new_journal_begins_with_is_there_at_once_and_only_then()
    {
        var full = new MemoryJournal { IsFull = true };
        Assert.Throws<IOException>(() => MetadataStore.Open(full, new MetadataChange.TopicCreated(Alerts)));
        full.IsFull = false;
        Assert.Single(MetadataStore.Open(full, new MetadataChange.TopicCreated(Alerts)).Image.Topics);
        Assert.Equal(1, full.Count);

        var store = MetadataStore.Open(full);
        Make(store, new MetadataChange.TopicDeleted(Alerts.Id));
        Assert.Empty(MetadataStore.Open(full, new MetadataChange.TopicCreated(Alerts)).Image.Topics);
    }

    [Fact]
    public void A_disk_without_room_for_a_snapshot_does_not_stop_the_deletion_that_makes_room()
    {
        var journal = new MemoryJournal { HasNoRoomForSnapshots = true };
        var store = MetadataStore.Open(journal);
        var big = NoConfigs.Add("leader.replication.throttled.replicas", new string('x', 100_000));
        Make(store, new MetadataChange.TopicCreated(Alerts));
        for (var i = 0; i < 100; i++) Make(store, new MetadataChange.TopicConfigsSet(Alerts.Id, big));
        Make(store, new MetadataChange.TopicDeleted(Alerts.Id));

        Assert.Equal(0, journal.Snapshots);
        Assert.Empty(MetadataStore.Open(journal).Image.Topics);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    public void Records_of_a_newer_broker_are_refused(byte type, byte version)
    {
        var journal = new MemoryJournal();
        journal.Append(type, version, []);

        Assert.Throws<InvalidDataException>(() => MetadataStore.Open(journal));
    }

    [Theory]
    [InlineData("fink_alerts", true)]
    [InlineData("a.B-9_", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("a b", false)]
    [InlineData("é", false)]
    public void A_topics_name_is_valid_or_not(string name, bool isValid) => Assert.Equal(isValid, TopicName.Complaint(name) is null);

    [Fact]
    public void A_topics_name_has_at_most_249_letters()
    {
        Assert.Null(TopicName.Complaint(new string('a', 249)));
        Assert.NotNull(TopicName.Complaint(new string('a', 250)));
    }

    private static void Make(MetadataStore store, params MetadataChange[] changes) => store.Update(_ => (changes, true));

    internal static void CheckEverything(MetadataImage image)
    {
        var topic = Assert.Single(image.Topics).Value;
        Assert.Equal(("fink_alerts", Alerts.Id, 9), (topic.Name, topic.Id, topic.Partitions));
        Assert.Equal("compact", Assert.Single(topic.Configs).Value);
        Assert.Equal(topic, Assert.Single(image.TopicsById).Value);
        Assert.Equal("7", image.ConfigsOf("")["log.retention.ms"]);
        Assert.Null(image.Credential("é", ScramMechanism.ScramSha256));
        Assert.True(image.Credential("é", ScramMechanism.ScramSha512)!.Verify("p"u8));
        Assert.Equal(Rule, Assert.Single(image.Acls.Acls));
        var (entity, quotas) = Assert.Single(image.Quotas);
        Assert.Equal(new QuotaEntity("u", QuotaEntity.Default, null), entity);
        Assert.Equal(0.5, quotas["consumer_byte_rate"]);
        Assert.Equal(2000, image.NextProducerId);
    }
}
