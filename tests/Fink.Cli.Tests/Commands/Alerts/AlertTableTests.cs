using Fink.Cli.Commands.Alerts;

namespace Fink.Cli.Tests.Commands.Alerts;

public sealed class AlertTableTests
{
    [Theory]
    [InlineData(140, "TOPIC PARTITION OFFSET OBJECT-ID ALERT-ID OBSERVED BAND MAG CLASS")]
    [InlineData(130, "TOPIC OFFSET OBJECT-ID ALERT-ID OBSERVED BAND MAG CLASS")]
    [InlineData(80, "OFFSET OBJECT-ID OBSERVED BAND MAG CLASS")]
    [InlineData(20, "OBJECT-ID OBSERVED BAND MAG")]
    public void A_narrow_terminal_shows_fewer_columns_of_a_survey_s_alerts(int room, string headings) =>
        Assert.Equal(headings.Split(' '), AlertTable.Fitting(AlertTable.OfSurvey, room).Select(column => column.Heading));

    [Fact]
    public void Alerts_of_no_known_survey_fit_a_usual_terminal() =>
        Assert.Equal(["OFFSET", "SENT", "OBJECT-ID", "ALERT-ID"], AlertTable.Fitting(AlertTable.Any, 80).Select(column => column.Heading));
}
