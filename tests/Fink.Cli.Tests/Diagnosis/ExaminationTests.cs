using Fink.Cli.Diagnosis;
using Fink.Kafka;
using Fink.Kafka.Properties;

namespace Fink.Cli.Tests.Diagnosis;

public sealed class ExaminationTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_library_that_does_not_load_is_missing_with_the_reason()
    {
        var finding = MachineExamination.Library("librdkafka", () => throw new DllNotFoundException("libsasl2.so.3: no such file\nand more"), "it speaks to Kafka");

        Assert.Equal(FindingState.Missing, finding.State);
        Assert.Equal("does not load: libsasl2.so.3: no such file", finding.Found);
        Assert.NotEmpty(finding.Advice);
    }

    [Theory]
    [InlineData(1970, FindingState.Missing)]
    [InlineData(2026, FindingState.Ok)]
    public void A_clock_that_was_never_set_is_missing(int year, object state) =>
        Assert.Equal((FindingState)state, new MachineExamination(new Clock(new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero))).Clock().State);

    [Theory]
    [InlineData("Max open files            1024                 1024                 files", FindingState.Warning)]
    [InlineData("Max open files            1024                 524288               files", FindingState.Ok)]
    [InlineData("Max open files            1024                 unlimited            files", FindingState.Ok)]
    [InlineData("Max processes             1024                 1024                 files", FindingState.Skipped)]
    [InlineData(null, FindingState.Skipped)]
    public void Open_files_go_by_the_hard_limit(string? limits, object state) =>
        Assert.Equal((FindingState)state, MachineExamination.OpenFiles(limits).State);

    [Theory]
    [InlineData("openjdk version \"17.0.9\" 2023-10-17", 17)]
    [InlineData("java version \"1.8.0_391\"", 8)]
    [InlineData("openjdk version \"21\" 2023-09-19", 21)]
    [InlineData("no Java at all", null)]
    public void Java_says_its_version_in_two_ways(string text, int? version) => Assert.Equal(version, LocalExamination.VersionOf(text));

    [Theory]
    [InlineData(-3600, FindingState.Ok)]
    [InlineData(5, FindingState.Ok)]
    [InlineData(600, FindingState.Warning)]
    public void A_record_from_the_future_is_a_clock_that_is_wrong(int seconds, object state)
    {
        var examination = new ClusterExamination(new KafkaConnection("127.0.0.1:1", ClientProperties.Plaintext), new Clock(Now));

        Assert.Equal((FindingState)state, examination.ClockOf(new NewestRecord("t", Now.AddSeconds(seconds))).State);
    }

    [Fact]
    public void Without_a_record_the_clocks_cannot_be_compared() => Assert.Equal(
        FindingState.Skipped,
        new ClusterExamination(new KafkaConnection("127.0.0.1:1", ClientProperties.Plaintext), new Clock(Now)).ClockOf(null).State);

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
