using System.ComponentModel;
using System.Diagnostics;
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
        var libraries = SharedFolder.Require("kafka/3.9/libs");
        var written = await JavaAsync(
            ["-cp", Path.Combine(libraries, "*"), Path.Combine(GoldenMessage.Folder, "GoldenMessages.java"), .. arguments]);

        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(GoldenMessage.Folder, file), TestContext.Current.CancellationToken), written);
    }

    private static async Task<string> JavaAsync(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("java", arguments) { RedirectStandardOutput = true };
        Process java;
        try
        {
            java = Process.Start(start)!;
        }
        catch (Win32Exception notThere)
        {
            throw SkippedException.Because($"no java: {notThere.Message}");
        }

        using (java)
        {
            var text = await java.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await java.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, java.ExitCode);
            return text;
        }
    }
}
