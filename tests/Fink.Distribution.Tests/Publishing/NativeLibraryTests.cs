using Fink.Distribution.Publishing.Native;
using Fink.Kafka;
using Fink.Kafka.Properties;

namespace Fink.Distribution.Tests.Publishing;

/// <summary>
/// A system's librdkafka may be years older than ours: Debian 12's cannot even log in by SCRAM to Kafka 4.1, while the
/// admin's client of the same process could.
/// </summary>
public sealed class NativeLibraryTests
{
    [Fact]
    public void The_alerts_producer_and_every_other_client_are_of_one_librdkafka()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is Linux's");
        using var admin = new KafkaAdmin(new KafkaConnection("127.0.0.1:1", ClientProperties.Plaintext));
        using var producer = ProducerHandle.Create([new("bootstrap.servers", "127.0.0.1:1"), new("log.queue", "true")]);

        var loaded = File.ReadLines("/proc/self/maps")
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1])
            .Where(file => Path.GetFileName(file).Contains("librdkafka", StringComparison.Ordinal))
            .Distinct();

        Assert.StartsWith(AppContext.BaseDirectory, Assert.Single(loaded), StringComparison.Ordinal);
    }
}
