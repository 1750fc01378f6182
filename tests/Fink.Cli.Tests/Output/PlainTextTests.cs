using Fink.Cli.Output;

namespace Fink.Cli.Tests.Output;

public sealed class PlainTextTests
{
    private static readonly Table Facts = new([], [["object", "ZTF21aabcobels"], ["magnitude", "18.21 ± 0.08 in g, brighter than ever"], ["position", "12.59014 -13.26357"]]);

    [Theory]
    [InlineData(null)]
    [InlineData(80)]
    public void What_has_room_is_a_line(int? width) =>
        Assert.Equal("object     ZTF21aabcobels\nmagnitude  18.21 ± 0.08 in g, brighter than ever\nposition   12.59014 -13.26357\n", Written(Facts, width));

    [Fact]
    public void What_is_longer_goes_on_from_word_to_word_under_its_column() =>
        Assert.Equal(
            "object     ZTF21aabcobels\nmagnitude  18.21 ± 0.08 in g,\n           brighter than ever\nposition   12.59014 -13.26357\n",
            Written(Facts, 32));

    [Fact]
    public void Where_the_column_has_no_room_it_goes_on_below() =>
        Assert.Equal(
            "object\n  ZTF21aabcobels\nmagnitude\n  18.21 ± 0.08 in g,\n  brighter than ever\nposition\n  12.59014 -13.26357\n",
            Written(Facts, 24));

    [Fact]
    public void A_word_that_fits_nowhere_is_written_whole() =>
        Assert.Equal("id    1\nname\n  0123456789\n  and more\n", Written(new Table([], [["id", "1"], ["name", "0123456789 and more"]]), 10));

    private static string Written(Table table, int? width)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        PlainText.WriteAligned(writer, table, width);
        return writer.ToString();
    }
}
