using Fink.Client;
using Fink.Distribution;
using Fink.Distribution.Configuration;
using Fink.Kafka;
using Fink.Kafka.Cluster;
using Fink.Kafka.Properties;
using Fink.ScienceDb;
using Fink.Slack;
using Fink.Slack.Alerts;

namespace Fink.Cli.Errors;

/// <summary>What an error is to the shell and to the user: the one place that decides both.</summary>
/// <param name="Lines">What, where, why, and what to do; never a secret.</param>
internal sealed record ErrorReport(int ExitCode, IReadOnlyList<string> Lines)
{
    public static ErrorReport Of(Exception error) => error switch
    {
        OperationCanceledException => new(Cli.ExitCode.Interrupted, ["stopped"]),
        UsageException => new(Cli.ExitCode.Usage, [error.Message]),
        CommandFailedException failed => new(failed.ExitCode, [error.Message]),
        ConfigurationException configuration => new(Cli.ExitCode.Usage, [.. configuration.Mistakes.Select(mistake => mistake.ToString())]),
        ClientPropertiesException => new(Cli.ExitCode.Usage, [error.Message]),
        KafkaOperationException kafka => new(Of(kafka.Kind), [error.Message, .. Items(kafka)]),
        AlertReadException read => new(Of(read.Failure), [error.Message]),
        SlackException slack => new(Of(slack.Failure), [error.Message]),
        UnknownColumnException => new(Cli.ExitCode.Usage, [error.Message]),
        UnreadableAlertsException => new(Cli.ExitCode.Failed, [error.Message]),
        ClusterException cluster => new(Of(cluster.Kind), [error.Message, .. cluster.LogLines.Select(line => $"  | {line}")]),
        RuleException => new(Cli.ExitCode.Usage, [error.Message]),
        DistributionException => new(Cli.ExitCode.Failed, [error.Message]),
        ScienceDbException => new(Cli.ExitCode.Failed, [error.Message]),
        DllNotFoundException => new(Cli.ExitCode.Failed, [$"a native library is missing for this system ({error.Message.Split('\n')[0]}): reinstall the tool on a supported platform"]),
        IOException or UnauthorizedAccessException => new(Cli.ExitCode.Failed, [error.Message]),
        _ => new(Cli.ExitCode.Failed, [
            $"unexpected {error.GetType().Name}: {error.Message.Split('\n')[0]}",
            "this is a fault of fink-kafka: please report it, with what -v prints"])
        { IsBug = true },
    };

    /// <summary>Nobody foresaw it: what the user reports needs the stack.</summary>
    public bool IsBug { get; private init; }

    private static int Of(FailureKind kind) => kind switch
    {
        FailureKind.Unreachable or FailureKind.TimedOut or FailureKind.TlsFailed => Cli.ExitCode.Unreachable,
        FailureKind.AuthenticationFailed or FailureKind.Denied => Cli.ExitCode.Refused,
        _ => Cli.ExitCode.Failed,
    };

    private static int Of(AlertReadFailure failure) => failure switch
    {
        AlertReadFailure.Unreachable or AlertReadFailure.TimedOut or AlertReadFailure.TlsFailed => Cli.ExitCode.Unreachable,
        AlertReadFailure.AuthenticationFailed or AlertReadFailure.Denied => Cli.ExitCode.Refused,
        AlertReadFailure.Invalid => Cli.ExitCode.Usage,
        _ => Cli.ExitCode.Failed,
    };

    private static int Of(SlackFailure failure) => failure switch
    {
        SlackFailure.Unreachable or SlackFailure.Uncertain or SlackFailure.RateLimited => Cli.ExitCode.Unreachable,
        SlackFailure.Refused or SlackFailure.Forbidden => Cli.ExitCode.Refused,
        _ => Cli.ExitCode.Failed,
    };

    private static int Of(ClusterErrorKind kind) => kind switch
    {
        ClusterErrorKind.Usage => Cli.ExitCode.Usage,
        ClusterErrorKind.TimedOut => Cli.ExitCode.Unreachable,
        _ => Cli.ExitCode.Failed,
    };

    /// <summary>The items that the message does not name itself.</summary>
    private static IEnumerable<string> Items(KafkaOperationException error) => error.Items
        .Where(item => !error.Message.Contains(item.Reason, StringComparison.Ordinal))
        .Select(item => $"  {item.Item}: {item.Reason}");
}
