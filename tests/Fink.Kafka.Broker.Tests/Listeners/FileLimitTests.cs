using Fink.Kafka.Broker.Listeners;

namespace Fink.Kafka.Broker.Tests.Listeners;

public sealed class FileLimitTests
{
    [Theory]
    [InlineData("Limit                     Soft Limit           Hard Limit           Units\nMax open files            1024                 4096                 files\n", 512)]
    [InlineData("Max open files            unlimited            unlimited            files\n", int.MaxValue)]
    [InlineData("Max open files            9223372036854775807  9223372036854775807  files\n", int.MaxValue)]
    [InlineData("", int.MaxValue)]
    public void Connections_get_half_of_the_files_that_the_process_may_open(string limits, int connections) =>
        Assert.Equal(connections, FileLimit.ForConnections(limits));
}
