using System.CommandLine;
using System.CommandLine.Parsing;
using Fink.Cli.Output;

namespace Fink.Cli.Options;

/// <summary>The options that every command takes.</summary>
internal sealed class GlobalOptions
{
    public Option<string?> Conf { get; } = new("--conf", "-c")
    {
        Description = "The original's shell configuration; read, never run [default: $FINK_HOME/conf/fink.conf.distribution]",
        HelpName = "FILE",
        Recursive = true,
    };

    public Option<string?> BootstrapServer { get; } = new("--bootstrap-server")
    {
        Description = "Addresses of the cluster, HOST:PORT joined by commas [default: the cluster of the data folder]",
        HelpName = "SERVERS",
        Recursive = true,
    };

    public Option<string?> CommandConfig { get; } = new("--command-config")
    {
        Description = "Who to be: a file of Kafka client properties [default: a first user of the data folder's cluster]",
        HelpName = "FILE",
        Recursive = true,
    };

    public Option<string?> DataDir { get; } = new("--data-dir")
    {
        Description = "The data folder of a cluster on this machine [default: $XDG_DATA_HOME/fink-kafka/cluster]",
        HelpName = "FOLDER",
        Recursive = true,
    };

    public Option<string?> Output { get; } = new("--output", "-o")
    {
        Description = "How results are printed: table, json or tsv [default: table]",
        HelpName = "FORMAT",
        Recursive = true,
    };

    public Option<TimeSpan?> Timeout { get; } = new("--timeout")
    {
        Description = "How long to wait for the cluster: seconds, or with a unit (500ms, 10s, 2m) [default: 30s]",
        HelpName = "TIME",
        Recursive = true,
        CustomParser = ParseTimeout,
    };

    public Option<bool> Yes { get; } = new("--yes", "-y")
    {
        Description = "Destroy without asking",
        Recursive = true,
    };

    public Option<bool> Verbose { get; } = new("--verbose", "-v")
    {
        Description = "Say more on the error stream",
        Recursive = true,
    };

    public Option<bool> NoColor { get; } = new("--no-color")
    {
        Description = "No colour, as with NO_COLOR",
        Recursive = true,
    };

    public GlobalOptions() => Output.AcceptOnlyFromAmong([.. OutputFormats.Names]);

    public IReadOnlyList<Option> All => [Conf, BootstrapServer, CommandConfig, DataDir, Output, Timeout, Yes, Verbose, NoColor];

    /// <summary>Reads an option's one value as a length of time.</summary>
    public static TimeSpan? ParseDuration(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (Duration.TryParse(text, out var duration))
        {
            return duration;
        }

        result.AddError($"'{text}' is not a time: give seconds, or a number with ms, s, m or h, for example 10s");
        return null;
    }

    private static TimeSpan? ParseTimeout(ArgumentResult result)
    {
        if (ParseDuration(result) is not { } timeout)
        {
            return null;
        }

        if (timeout > TimeSpan.Zero)
        {
            return timeout;
        }

        result.AddError("--timeout must be longer than nothing");
        return null;
    }
}
