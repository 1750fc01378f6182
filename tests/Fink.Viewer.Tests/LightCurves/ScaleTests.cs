using Fink.Viewer.LightCurves;

namespace Fink.Viewer.Tests.LightCurves;

public sealed class ScaleTests
{
    [Theory]
    [InlineData(-30, 0, 3, "-30 -20 -10 0")]
    [InlineData(15.9, 17.1, 5, "16.0 16.5 17.0")]
    [InlineData(-0.03, 0, 5, "-0.03 -0.02 -0.01 0.00")]
    [InlineData(-1234, 0, 4, "-1000 -500 0")]
    [InlineData(0, 7, 100, "0.0 0.1")]
    public void Marks_are_round_and_as_many_as_asked_for_at_most(double first, double last, int most, string expected)
    {
        var marks = new Scale(first, last).Marks(most).Select(mark => mark.Text).ToList();

        Assert.StartsWith(expected, string.Join(' ', marks), StringComparison.Ordinal);
        Assert.InRange(marks.Count, 2, most + 1);
    }

    [Fact]
    public void The_ends_of_the_axis_are_its_first_and_last_cell()
    {
        var scale = new Scale(19, 15);

        Assert.Equal([0, 4, 8, 8], [scale.CellOf(19, 9), scale.CellOf(17, 9), scale.CellOf(15, 9), scale.CellOf(3, 9)]);
    }
}
