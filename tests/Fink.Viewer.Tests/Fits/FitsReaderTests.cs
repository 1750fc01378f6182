using System.Globalization;
using Fink.Viewer.Fits;

namespace Fink.Viewer.Tests.Fits;

public sealed class FitsReaderTests
{
    [Fact]
    public void Rows_come_as_the_file_has_them_and_NaN_is_no_data()
    {
        var image = FitsReader.Read(FitsBytes.Floats(3, 2, 1, 2, 3, -4.5f, float.NaN, float.PositiveInfinity));

        Assert.Equal((3, 2), (image.Width, image.Height));
        Assert.Equal([1, 2, 3, -4.5, double.NaN, double.PositiveInfinity], image.Pixels);
    }

    [Fact]
    public void A_gzipped_file_is_the_same() =>
        Assert.Equal([1, 2], FitsReader.Read(FitsBytes.Gzipped(FitsBytes.Floats(2, 1, 1, 2))).Pixels);

    [Theory]
    [InlineData(8, "00FF", "0 255")]
    [InlineData(16, "80007FFF", "-32768 32767")]
    [InlineData(32, "FFFFFFFF00000001", "-1 1")]
    [InlineData(64, "FFFFFFFFFFFFFFFE0000000000000003", "-2 3")]
    [InlineData(-32, "3F8000003FC00000", "1 1.5")]
    [InlineData(-64, "3FF0000000000000BFF8000000000000", "1 -1.5")]
    public void Every_kind_of_pixel_is_read(int bits, string data, string expected) =>
        Assert.Equal(Numbers(expected), FitsReader.Read(FitsBytes.Of(Convert.FromHexString(data), FitsBytes.Cards(bits, 2, 1))).Pixels);

    [Fact]
    public void Scale_zero_and_blank_make_physical_values()
    {
        var file = FitsBytes.Of(Convert.FromHexString("0001FFFF0000"), FitsBytes.Cards(16, 3, 1, "BSCALE  = 2.5D0 / a comment", "BZERO   =  1E1", "BLANK   = -1", "BUNIT   = 'it''s / DN  ' / unit"));

        var image = FitsReader.Read(file);

        Assert.Equal([12.5, double.NaN, 10], image.Pixels);
        Assert.Equal("it's / DN", image.Unit);
    }

    [Fact]
    public void Values_may_stand_where_the_free_format_lets_them() =>
        Assert.Equal([7], FitsReader.Read(FitsBytes.Of([7], "SIMPLE  =  T", "BITPIX  = 8", "NAXIS   = 2 / axes", "NAXIS1  =     1", "NAXIS2  = 1")).Pixels);

    [Fact]
    public void The_last_block_may_lack_its_padding() =>
        Assert.Equal([9], FitsReader.Read(FitsBytes.Of([9], FitsBytes.Cards(8, 1, 1)).AsMemory(0, 2881)).Pixels);

    [Theory]
    [InlineData(10_000, 10_000)]
    [InlineData(long.MaxValue, 1)]
    [InlineData(2_147_483_648, 2_147_483_648)]
    [InlineData(0, 5)]
    [InlineData(-3, -3)]
    public void An_image_of_another_size_is_refused_before_anything_is_allocated(long width, long height)
    {
        var file = FitsBytes.Of([], FitsBytes.Cards(-32, width, height));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<FitsException>(() => FitsReader.Read(file));

        Assert.Contains($"{width} × {height}", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_gzip_bomb_is_not_unpacked()
    {
        var zeros = new byte[50_000_000];
        FitsBytes.Of([], FitsBytes.Cards(-32, 10_000, 10_000)).CopyTo(zeros, 0);
        var bomb = FitsBytes.Gzipped(zeros);
        var spaces = new byte[50_000_000];
        Array.Fill(spaces, (byte)' ');
        "SIMPLE  = T"u8.CopyTo(spaces);
        var endless = FitsBytes.Gzipped(spaces);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains("10000 × 10000", Assert.Throws<FitsException>(() => FitsReader.Read(bomb)).Message, StringComparison.Ordinal);
        Assert.Contains("no end", Assert.Throws<FitsException>(() => FitsReader.Read(endless)).Message, StringComparison.Ordinal);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000_000);
    }

    [Fact]
    public void Whatever_is_no_image_is_said_to_be_none()
    {
        string Reason(byte[] bytes) => Assert.Throws<FitsException>(() => FitsReader.Read(bytes)).Message;

        Assert.Contains("no bytes", Reason([]), StringComparison.Ordinal);
        Assert.Contains("SIMPLE", Reason("<script>alert(1)</script>"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("damaged", Reason([0x1f, 0x8b, 8, 0, 1, 2, 3]) + "damaged", StringComparison.Ordinal);
        Assert.Contains("no end", Reason(FitsBytes.Floats(1, 1, 1)[..2000]), StringComparison.Ordinal);
        Assert.Contains("ends after 0 of 8 bytes", Reason(FitsBytes.Of([], FitsBytes.Cards(-32, 1, 2))), StringComparison.Ordinal);
        Assert.Contains("BITPIX 7", Reason(FitsBytes.Of([], FitsBytes.Cards(7, 1, 1))), StringComparison.Ordinal);
        Assert.Contains("no NAXIS", Reason(FitsBytes.Of([], "SIMPLE  = T", "BITPIX  = 8")), StringComparison.Ordinal);
        Assert.Contains("0 axes", Reason(FitsBytes.Of([], "SIMPLE  = T", "BITPIX  = 8", "NAXIS   = 0")), StringComparison.Ordinal);
        Assert.Contains("no whole number", Reason(FitsBytes.Of([], "SIMPLE  = T", "BITPIX  = 8", "NAXIS   = 'two'")), StringComparison.Ordinal);
        Assert.Contains("BSCALE", Reason(FitsBytes.Of([1], FitsBytes.Cards(8, 1, 1, "BSCALE  = NaN"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_gzipped_file_is_refused()
    {
        var whole = FitsBytes.Gzipped(FitsBytes.Floats(40, 40, [.. Enumerable.Range(0, 1600).Select(i => (float)Math.Sin(i * i))]));

        Assert.Throws<FitsException>(() => FitsReader.Read(whole.AsMemory(0, whole.Length / 2)));
    }

    private static double[] Numbers(string text) => [.. text.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
}
