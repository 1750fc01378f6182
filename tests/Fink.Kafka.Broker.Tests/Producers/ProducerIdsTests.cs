using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Producers;
using Fink.Kafka.Broker.Tests.Storage.Journals;

namespace Fink.Kafka.Broker.Tests.Producers;

public sealed class ProducerIdsTests
{
    [Fact]
    public void Ids_count_up_and_the_disk_is_asked_once_for_a_thousand()
    {
        var journal = new MemoryJournal();
        var store = MetadataStore.Open(journal);
        var before = journal.Count;
        var ids = new ProducerIds(store);

        Assert.Equal(Enumerable.Range(0, 1000).Select(id => (long)id), Enumerable.Range(0, 1000).Select(_ => ids.Next()));
        Assert.Equal(before + 1, journal.Count);
        Assert.Equal(1000, ids.Next());
        Assert.Equal(before + 2, journal.Count);
    }

    [Fact]
    public void No_id_is_given_twice_across_a_restart()
    {
        var journal = new MemoryJournal();
        var last = new ProducerIds(MetadataStore.Open(journal)).Next();

        Assert.True(new ProducerIds(MetadataStore.Open(journal)).Next() > last);
    }

    [Fact]
    public void Ids_that_could_not_be_reserved_are_not_given()
    {
        var journal = new MemoryJournal();
        var ids = new ProducerIds(MetadataStore.Open(journal));
        journal.IsFull = true;

        Assert.Throws<IOException>(() => ids.Next());

        journal.IsFull = false;
        Assert.Equal(0, ids.Next());
    }

    [Fact]
    public void Ids_asked_for_at_once_are_different()
    {
        var ids = new ProducerIds(MetadataStore.Open(new MemoryJournal()));

        var given = ParallelEnumerable.Range(0, 5000).Select(_ => ids.Next()).ToHashSet();

        Assert.Equal(5000, given.Count);
    }
}
