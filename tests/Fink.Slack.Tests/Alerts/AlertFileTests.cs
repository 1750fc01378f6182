using Fink.Client;
using Fink.ScienceDb;
using Fink.Slack.Alerts;

namespace Fink.Slack.Tests.Alerts;

public sealed class AlertFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-slack-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("night.parquet")]
    [InlineData("night.avro")]
    [InlineData("night.csv")]
    [InlineData("night.fits")]
    public void A_file_that_is_empty_or_of_another_kind_is_named(string name)
    {
        var path = Write(name, "");

        var failed = Assert.ThrowsAny<Exception>(() => AlertFile.Read(path).ToList());

        Assert.True(failed is UnreadableAlertsException or UnreadableFileException or AlertReadException, failed.ToString());
        Assert.Contains(name, failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("night.parquet")]
    [InlineData("night.avro")]
    public void A_file_that_is_not_what_its_name_says_is_named(string name) =>
        Assert.Contains(name, Assert.ThrowsAny<Exception>(() => AlertFile.Read(Write(name, "objectId,ra,dec,cdsxmatch\n")).ToList()).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains("nowhere.csv", Assert.Throws<UnreadableAlertsException>(() => AlertFile.Read("nowhere.csv").ToList()).Message, StringComparison.Ordinal);

    [Fact]
    public void Headings_alone_are_a_night_without_alerts() =>
        Assert.Empty(AlertFile.Read(Write("night.csv", "objectId,ra,dec,cdsxmatch\n")));

    [Fact]
    public void Quotes_commas_and_blank_lines_are_as_CSV_has_them()
    {
        var path = Write("night.csv", "objectId,ra,dec,cdsxmatch,note\n\nZTF1,1,2,\"RR, Lyr\",\"a \"\"b\"\"\"\nZTF2,,2,,x\n");

        var rows = AlertFile.Read(path).ToList();

        Assert.Equal(["RR, Lyr", null], rows.Select(row => row.Class));
        Assert.Equal(["ZTF2", null, "2", null], rows[1].Values);
    }

    [Theory]
    [InlineData("ZTF1,1,2\n", "row 1 below the names has 3 values for 4 columns")]
    [InlineData("ZTF1,1,2,Star,more\n", "5 values for 4 columns")]
    [InlineData("ZTF1,1,2,\"a\nb\"\n\nZTF2,1\nZTF3,1,2,Star\n", "row 2 below the names has 2 values for 4 columns")]
    [InlineData("ZTF1,1,2,\"Star\n", "a quote is not closed")]
    public void A_row_that_does_not_fit_is_told(string row, string why) =>
        Assert.Contains(why, Assert.Throws<UnreadableAlertsException>(() => AlertFile.Read(Write("night.csv", "objectId,ra,dec,cdsxmatch\n" + row)).ToList()).Message, StringComparison.Ordinal);

    [Fact]
    public void A_column_of_classes_can_be_named_and_a_wrong_name_finds_the_right_one()
    {
        var path = Write("night.csv", "objectId,ra,dec,cdsxmatch,mulens\nZTF1,1,2,Star,ML\n");

        Assert.Equal("ML", Assert.Single(AlertFile.Read(path, "mulens")).Class);
        Assert.Contains("did you mean mulens?", Assert.Throws<UnknownColumnException>(() => AlertFile.Read(path, "mulnes").ToList()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ra,dec,cdsxmatch", "the object (objectId")]
    [InlineData("objectId,dec,cdsxmatch", "the right ascension")]
    [InlineData("objectId,ra,cdsxmatch", "the declination")]
    [InlineData("objectId,ra,dec,mine", "no column of classes")]
    public void A_column_that_is_missing_is_told_with_the_names_that_were_looked_for(string headings, string what) =>
        Assert.Contains(what, Assert.Throws<UnknownColumnException>(() => AlertFile.Read(Write("night.csv", headings + "\n")).ToList()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("objectId,candidate,candidate.ra,candidate.dec,cdsxmatch", "objectId candidate.ra candidate.dec cdsxmatch")]
    [InlineData("diaSource.ra,diaSource.dec,diaObject.ra,diaObject.dec,diaObject.diaObjectId,xm.simbad_otype", "diaObject.diaObjectId diaSource.ra diaSource.dec xm.simbad_otype")]
    [InlineData("OBJECTID,RA,DEC,CDSXMATCH", "OBJECTID RA DEC CDSXMATCH")]
    public void The_columns_of_ZTF_and_of_Rubin_are_found(string known, string chosen) =>
        Assert.Equal(chosen, string.Join(' ', AlertColumns.Choose("night", known.Split(','), null).Names));

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
