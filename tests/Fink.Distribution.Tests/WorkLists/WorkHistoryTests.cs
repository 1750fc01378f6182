using Fink.Distribution.WorkLists;

namespace Fink.Distribution.Tests.WorkLists;

public sealed class WorkHistoryTests
{
    private static readonly PlannedSlice Planned = new(new Slice("a", 10, 0, 5), 1, null);

    [Fact]
    public void An_end_counts_also_when_it_is_read_before_its_slice()
    {
        var history = new WorkHistory();
        history.Add(WorkRecord.Of(FinishedSlice.Done(Planned), DateTimeOffset.UnixEpoch));
        history.Add(WorkRecord.Of(Planned, DateTimeOffset.UnixEpoch));

        Assert.Empty(history.Open);
        Assert.True(history.HasEnded(Planned));
    }

    [Fact]
    public void A_slice_that_two_planners_listed_is_open_once()
    {
        var history = new WorkHistory();
        history.Add(WorkRecord.Of(Planned, DateTimeOffset.UnixEpoch));
        history.Add(WorkRecord.Of(Planned, DateTimeOffset.UnixEpoch));

        Assert.Single(history.Open);
    }

    [Fact]
    public void The_end_of_an_attempt_does_not_end_the_next()
    {
        var history = new WorkHistory();
        history.Add(WorkRecord.Of(Planned, DateTimeOffset.UnixEpoch));
        history.Add(WorkRecord.Of(new FinishedSlice(Planned, ["t"], "denied"), DateTimeOffset.UnixEpoch));
        history.Add(WorkRecord.Of(Planned with { Attempt = 2, Topics = ["t"] }, DateTimeOffset.UnixEpoch));

        Assert.Equal(2, history.Open.Single().Attempt);
    }

    [Fact]
    public void A_record_that_is_not_ours_is_named() => Assert.Contains(
        "fink-work-x offset 3", Assert.Throws<DistributionException>(() => WorkRecord.Parse("hello"u8, "fink-work-x offset 3")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_key_names_file_size_and_rows() =>
        Assert.Equal("[\"a\",10,0,5]", WorkRecord.Of(Planned, DateTimeOffset.UnixEpoch).Key());
}
