using Fink.TestSupport;

namespace Fink.Kafka.Protocol.Tests.Golden;

/// <summary>The committed golden files are what the program beside them writes.</summary>
public sealed class GoldenProgramTests
{
    [Theory]
    [InlineData("messages.txt")]
    [InlineData("fields.txt", "fields")]
    public async Task Kafka_s_own_classes_write_the_golden_files(string file, params string[] arguments)
    {
        var written = await JavaProgram.RunAsync(
            Path.Combine(GoldenMessage.Folder, "GoldenMessages.java"), arguments, TestContext.Current.CancellationToken);

        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(GoldenMessage.Folder, file), TestContext.Current.CancellationToken), written);
    }
}
