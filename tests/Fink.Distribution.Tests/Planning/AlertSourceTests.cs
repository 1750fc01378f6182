using Fink.Distribution.Configuration;
using Fink.Distribution.Planning;
using Fink.Distribution.Routing;
using Fink.TestSupport;

namespace Fink.Distribution.Tests.Planning;

public sealed class AlertSourceTests : IDisposable
{
    private readonly ParquetFiles _night = new();

    public void Dispose() => _night.Dispose();

    [Fact]
    public void A_plan_that_is_refused_stays_refused_for_every_file_of_its_schema()
    {
        _night.Write("a.parquet", "SELECT 1 AS candid, 'ZTF1' AS objectId");
        _night.Write("b.parquet", "SELECT 2 AS candid, 'ZTF2' AS objectId");
        var options = new DistributionOptions { Rules = DistributionRules.EveryAlertTo("all", new FilePosition("conf", 1)), Source = _night.Folder };
        using var source = new AlertSource(options, new TopicTable([]), _ => throw new ConfigurationException("two schemas have one id"));

        Assert.Throws<ConfigurationException>(() => source.CheckRules(file => Assert.Fail(file.Reason)));
    }
}
