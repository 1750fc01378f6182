using Fink.Distribution.Planning;
using Fink.Distribution.WorkLists;

namespace Fink.Distribution.Tests.Planning;

public sealed class SlicerTests
{
    private const long Megabyte = 1024 * 1024;

    [Fact]
    public void A_small_file_is_one_slice() =>
        Assert.Equal([new Slice("a", 1000, 0, 30)], Slicer.Cut("a", 1000, [10, 10, 10]));

    [Fact]
    public void A_large_file_is_cut_at_row_groups_and_every_row_is_in_one_slice()
    {
        var slices = Slicer.Cut("a", 160 * Megabyte, [10, 10, 10, 10]);

        Assert.Equal([new Slice("a", 160 * Megabyte, 0, 10), new(slices[0].File, 160 * Megabyte, 10, 20), new("a", 160 * Megabyte, 20, 30), new("a", 160 * Megabyte, 30, 40)], slices);
    }

    [Fact]
    public void Row_groups_are_joined_up_to_the_target()
    {
        var slices = Slicer.Cut("a", 128 * Megabyte, [10, 10, 10, 10]);

        Assert.Equal([20, 20], slices.Select(slice => slice.Rows));
    }

    [Fact]
    public void A_row_group_is_never_cut() =>
        Assert.Equal([new Slice("a", 900 * Megabyte, 0, 50)], Slicer.Cut("a", 900 * Megabyte, [50]));

    [Fact]
    public void A_file_without_rows_has_no_slice() => Assert.Empty(Slicer.Cut("a", 100, [0]));
}
