using Fink.Kafka.Cluster.Homes;
using Fink.Kafka.Properties;

namespace Fink.Kafka.Cluster.Configuration;

/// <summary>What a server logs, and where: one file of its own that rolls, so that it cannot fill the disk.</summary>
internal static class LogConfiguration
{
    private const string MaxSize = "50MB";
    private const int MaxFiles = 4;
    private const string Pattern = "[%d] %p %m (%c)%n";

    public static string FileName(KafkaHome home) => home.UsesLog4j2 ? "log4j2.properties" : "log4j.properties";

    public static string For(KafkaHome home, string logFile)
    {
        var properties = home.UsesLog4j2 ? Log4j2(logFile) : Log4j1(logFile);
        return properties.ToString();
    }

    private static JavaProperties Log4j1(string logFile) => new()
    {
        ["log4j.rootLogger"] = "INFO, file",
        ["log4j.appender.file"] = "org.apache.log4j.RollingFileAppender",
        ["log4j.appender.file.File"] = logFile,
        ["log4j.appender.file.MaxFileSize"] = MaxSize,
        ["log4j.appender.file.MaxBackupIndex"] = $"{MaxFiles}",
        ["log4j.appender.file.layout"] = "org.apache.log4j.PatternLayout",
        ["log4j.appender.file.layout.ConversionPattern"] = Pattern,
    };

    private static JavaProperties Log4j2(string logFile) => new()
    {
        ["rootLogger.level"] = "info",
        ["rootLogger.appenderRef.file.ref"] = "file",
        ["appender.file.type"] = "RollingFile",
        ["appender.file.name"] = "file",
        ["appender.file.fileName"] = logFile,
        ["appender.file.filePattern"] = logFile + ".%i",
        ["appender.file.layout.type"] = "PatternLayout",
        ["appender.file.layout.pattern"] = Pattern,
        ["appender.file.policies.type"] = "Policies",
        ["appender.file.policies.size.type"] = "SizeBasedTriggeringPolicy",
        ["appender.file.policies.size.size"] = MaxSize,
        ["appender.file.strategy.type"] = "DefaultRolloverStrategy",
        ["appender.file.strategy.max"] = $"{MaxFiles}",
    };
}
