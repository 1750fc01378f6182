using Confluent.Kafka;
using Fink.Client.Reading;

namespace Fink.Client.Tests;

/// <summary>Whose a partition is, and where it is gone on with, when a group gives its partitions anew.</summary>
public sealed class GroupPlacesTests
{
    private static readonly TopicPartition First = new("t", 0);
    private static readonly TopicPartition Second = new("t", 1);

    private readonly GroupPlaces _places = new();

    [Theory]
    [InlineData(-1001, 10, true)]
    [InlineData(3, 10, true)]
    [InlineData(5, 10, true)]
    [InlineData(7, 10, false)]
    [InlineData(12, 12, false)]
    public void A_partition_that_comes_back_is_gone_on_with_unless_others_moved_the_groups_place_past_it(long committed, long next, bool isFirstOurs)
    {
        Give(0, First);
        Read(First, 0, 10);
        Assert.True(_places.Moves(At(First, 5)));
        Take(First);

        var starts = Give(committed, First);

        Assert.Equal([At(First, next)], starts);
        Assert.Equal(isFirstOurs, _places.Holds(At(First, 5)));
        Assert.Equal(committed <= 9, _places.Holds(At(First, 9)));
        Assert.Equal(isFirstOurs, _places.Moves(At(First, 6)));
    }

    [Fact]
    public void What_the_group_took_is_open_until_it_gives_and_then_anothers_where_it_is_not_given_back()
    {
        Give(0, First, Second);
        Read(First, 0, 2);
        Read(Second, 0, 2);
        Take(First, Second);
        Assert.Equal((true, true), (_places.IsOpen(First), _places.IsOpen(Second)));
        Assert.True(_places.Holds(At(Second, 1)));

        Give(-1001, First);

        Assert.Equal((false, false), (_places.IsOpen(First), _places.IsOpen(Second)));
        Assert.Equal((true, false), (_places.Moves(At(First, 2)), _places.Moves(At(Second, 2))));
        Assert.False(_places.Holds(At(Second, 1)));
    }

    [Fact]
    public void What_is_given_beside_what_was_not_taken_leaves_that_as_it_is()
    {
        Give(0, First);
        Read(First, 0, 2);

        Assert.Equal([At(Second, 7)], Give(7, Second));
        Assert.True(_places.Holds(At(First, 1)));
        Assert.Equal(2, _places.Rounds);
    }

    [Fact]
    public void A_replay_is_gone_on_with_though_the_groups_place_is_far_ahead()
    {
        Give(10, First);
        _places.GoesOnAt(At(First, 2));
        Read(First, 2, 4);
        Take(First);

        Assert.Equal([At(First, 4)], Give(10, First));
        Assert.True(_places.Moves(At(First, 4)));
    }

    [Fact]
    public void What_was_handed_on_is_to_be_committed_until_it_is()
    {
        Give(0, First, Second);
        Read(First, 0, 3);

        Assert.Equal([At(First, 3)], _places.Handed());
        _places.Moves(At(First, 3));
        Assert.Empty(_places.Handed());
    }

    private static TopicPartitionOffset At(TopicPartition partition, long offset) => new(partition, offset);

    private void Read(TopicPartition partition, long first, long end)
    {
        for (var offset = first; offset < end; offset++)
        {
            _places.HandedOn(At(partition, offset));
        }
    }

    private void Take(params TopicPartition[] partitions) => _places.Taken([.. partitions.Select(partition => At(partition, Offset.Unset))]);

    /// <summary>In all of them the group's place is the same.</summary>
    private List<TopicPartitionOffset> Give(long committed, params TopicPartition[] partitions)
    {
        List<TopicPartitionOffset> Places(List<TopicPartition> asked) => asked.ConvertAll(partition => At(partition, committed));
        return _places.Assigned([.. partitions], Places, Places);
    }
}
