using Fink.Kafka.Properties;

namespace Fink.Kafka.Tests.Properties;

public sealed class JavaPropertiesTests
{
    [Theory]
    [InlineData("a=b", "a", "b")]
    [InlineData("  a : b ", "a", "b ")]
    [InlineData("a b", "a", "b")]
    [InlineData("a\\ b=c", "a b", "c")]
    [InlineData("a=b\\\n   c", "a", "bc")]
    [InlineData("a=\\u00e9\\t\\\\", "a", "é\t\\")]
    [InlineData("#x=y\n!z=1\n\na=1\na=2", "a", "2")]
    [InlineData("a", "a", "")]
    public void A_line_is_read_as_Java_reads_it(string text, string key, string value)
    {
        var properties = JavaProperties.Parse(text, "a test");

        Assert.Equal([key], properties.Keys);
        Assert.Equal(value, properties[key]);
    }

    [Theory]
    [InlineData("plain", "value")]
    [InlineData("a key:with=all#", "  leading, \\ back\\slash\nnew line")]
    [InlineData("k", "C:\\data\\été ☃")]
    public void What_is_written_is_read_back(string key, string value)
    {
        var text = new JavaProperties { [key] = value }.ToString();

        Assert.Equal(value, JavaProperties.Parse(text, "a test")[key]);
    }

    [Fact]
    public void An_escape_that_is_none_is_told_with_its_line()
    {
        var error = Assert.Throws<ClientPropertiesException>(() => JavaProperties.Parse("a=1\nb=\\u00g0", "some.properties"));

        Assert.Contains("some.properties:2", error.Message, StringComparison.Ordinal);
    }
}
