using Fink.Kafka.Cluster.Installation;

namespace Fink.Kafka.Cluster.Tests.Installation;

public sealed class PublishedSumTests
{
    private const string Name = "kafka_2.13-3.9.1.tgz";
    private static readonly string Hex = string.Concat(Enumerable.Range(0, 64).Select(i => (i * 3 % 256).ToString("X2")));

    public static TheoryData<string> Forms => new()
    {
        $"{Hex.ToLowerInvariant()}  {Name}\n",
        $"{Hex.ToLowerInvariant()} *{Name}\n",
        Hex,
        // Apache's: groups of eight digits, a line break wherever gpg found one.
        $"{Name}: {string.Join(' ', Hex.Chunk(8).Take(8).Select(c => new string(c)))}\n         {string.Join("  ", Hex.Chunk(8).Skip(8).Select(c => new string(c)))}\n",
        $"{Name}:\r\n{string.Join("\r\n", Hex.Chunk(32).Select(c => new string(c)))}\r\n",
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_published_form_is_read(string text) => Assert.Equal(Convert.FromHexString(Hex), PublishedSum.Parse(text, Name));

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>404</body></html>")]
    [InlineData("da39a3ee5e6b4b0d3255bfef95601890afd80709  kafka_2.13-3.9.1.tgz")]
    public void Anything_else_is_no_sum(string text) => Assert.Null(PublishedSum.Parse(text, Name));
}
