using Fink.Distribution.WorkLists;

namespace Fink.Distribution.Tests.WorkLists;

public sealed class WorkLedgerTests : IDisposable
{
    private readonly WorkLedger _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void What_ended_and_what_was_read_move_the_offset_behind_them()
    {
        var first = Take("a", 5)!;
        var second = Take("b", 6)!;

        Assert.Equal((6, 0), _ledger.OffsetsBehind([first]));
        End(first, behindEnds: 3);
        Assert.Equal((7, 3), _ledger.OffsetsBehind([second]));
        Assert.Equal((7, 3), _ledger.OffsetsBehind([]));
    }

    [Fact]
    public void Once_the_slices_are_another_s_nothing_moves_the_offset_back()
    {
        var slice = Take("a", 5)!;
        End(slice, behindEnds: 3);
        var underWay = Take("b", 6)!;

        _ledger.EndTurn();

        Assert.Null(_ledger.OffsetsBehind([underWay]));
        Assert.Null(_ledger.OffsetsBehind([]));
    }

    [Fact]
    public void A_slice_under_way_that_is_read_again_in_a_new_turn_is_done_once_and_moves_the_offset()
    {
        var slice = Take("a", 5)!;
        _ledger.EndTurn();

        Assert.Null(Take("a", 5));
        Assert.Equal((6, 0), _ledger.OffsetsBehind([slice]));
    }

    [Fact]
    public void A_slice_that_two_planners_listed_is_taken_once_while_it_is_under_way_and_after()
    {
        var slice = Take("a", 5)!;
        Assert.NotNull(Take("b", 6));

        Assert.Null(Take("a", 7));
        Assert.Equal((6, 0), _ledger.OffsetsBehind([slice]));
        End(slice, behindEnds: 1);
        Assert.Null(Take("a", 8));
    }

    [Fact]
    public void A_slice_whose_end_another_worker_recorded_is_not_taken()
    {
        _ledger.Learn([WorkRecord.Of(FinishedSlice.Done(Planned("a")), DateTimeOffset.UnixEpoch)]);

        Assert.Null(Take("a", 5));
        Assert.NotNull(Take("b", 6));
    }

    private static PlannedSlice Planned(string file) => new(new Slice(file, 10, 0, 5), 1, null);

    /// <summary>Gives back what the pipeline would end: the slice as done.</summary>
    private FinishedSlice? Take(string file, long offset) =>
        _ledger.Take(WorkRecord.Of(Planned(file), DateTimeOffset.UnixEpoch), offset) is { } planned ? FinishedSlice.Done(planned) : null;

    private void End(FinishedSlice slice, long behindEnds)
    {
        _ledger.Recorded([WorkRecord.Of(slice, DateTimeOffset.UnixEpoch)], behindEnds);
        _ledger.Close([slice]);
    }
}
