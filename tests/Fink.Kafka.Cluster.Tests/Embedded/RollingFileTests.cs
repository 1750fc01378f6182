using Fink.Kafka.Cluster.Embedded;
using Microsoft.Extensions.Logging;

namespace Fink.Kafka.Cluster.Tests.Embedded;

public sealed class RollingFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-log-").FullName;

    private string Log => Path.Combine(_folder, "logs", "server.log");

    [Fact]
    public void A_long_log_becomes_an_older_one_and_the_oldest_goes()
    {
        using (var file = new RollingFile(Log, maxBytes: 20, older: 2))
        {
            for (var i = 0; i < 10; i++)
            {
                file.WriteLine($"line {i} of ten");
            }
        }

        Assert.Equal("line 9 of ten\n", File.ReadAllText(Log));
        Assert.Equal("line 8 of ten\n", File.ReadAllText(Log + ".1"));
        Assert.Equal("line 7 of ten\n", File.ReadAllText(Log + ".2"));
        Assert.Equal(3, Directory.GetFiles(Path.GetDirectoryName(Log)!).Length);
    }

    [Fact]
    public void A_log_goes_on_where_an_earlier_process_left_it_and_belongs_to_its_owner_alone()
    {
        foreach (var word in (string[])["one", "two"])
        {
            using var file = new RollingFile(Log);
            file.WriteLine(word);
        }

        Assert.Equal("one\ntwo\n", File.ReadAllText(Log));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Log));
        }
    }

    [Fact]
    public void A_message_is_one_line_with_its_level_and_the_words_of_its_exception()
    {
        using var text = new StringWriter();
        using (var loggers = new LineLoggers(text, TimeProvider.System))
        {
            var log = loggers.CreateLogger("Some.Space.Listener");
            log.Log(LogLevel.Debug, 0, "not said", null, (state, _) => state);
            log.Log(LogLevel.Error, 0, "it\nbroke", new IOException("no space"), (state, _) => state);
        }

        var line = Assert.Single(text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.EndsWith(" ERROR it broke: IOException: no space (Listener)", line.TrimEnd(), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
