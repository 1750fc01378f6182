using Fink.Distribution.Configuration;
using Fink.Distribution.Publishing;
using Fink.Kafka;
using Fink.Kafka.Properties;

namespace Fink.Distribution.Tests.Publishing;

public sealed class PublishSettingsTests
{
    [Fact]
    public void A_user_s_tuning_wins_over_ours_and_no_promise_depends_on_it()
    {
        var properties = ClientProperties.Parse("linger.ms=5\nbatch.size=2000\nmax.in.flight.requests.per.connection=4\nacks=1\nenable.idempotence=false\nmax.request.size=9\n", "test");

        var settings = PublishSettings.For(new KafkaConnection("127.0.0.1:1", properties), [new TopicSettings()], queueMegabytes: 8);

        Assert.Equal(("5", "2000", "4"), (settings["linger.ms"], settings["batch.size"], settings["max.in.flight.requests.per.connection"]));
        Assert.Equal(("all", "true", "10485760"), (settings["acks"], settings["enable.idempotence"], settings["message.max.bytes"]));
    }
}
