using Fink.Cli.Commands.Acls;
using Fink.Cli.Commands.Cluster;
using Fink.Cli.Errors;
using Fink.Cli.Help;
using Fink.Cli.Output;
using Fink.Kafka.Acls;
using Fink.Kafka.Cluster;
using Fink.Kafka.Topics;

namespace Fink.Cli.Legacy;

/// <summary>Does what the original did: every failure of the cluster is 1, and nothing is ever asked.</summary>
internal static class LegacyService
{
    private const int Partitions = 2;

    /// <exception cref="CommandFailedException">It did not work, with the original's exit code.</exception>
    public static async Task<int> RunAsync(LegacyCommand command, Invocation run)
    {
        try
        {
            return command.Service switch
            {
                LegacyCommand.Help => ShowHelp(run),
                "start" => await StartAsync(run),
                "stop" => await StopCommand.RunAsync(run),
                "--create-topic" => await CreateTopicAsync(run, command.Topic!),
                "--delete-topic" => await DeleteTopicAsync(run, command.Topic!),
                "--describe-topic" => await DescribeTopicAsync(run, command.Topic!),
                "--list-topics" => await ListTopicsAsync(run),
                "--list-acl" => await ListAclsAsync(run),
                "--authentication" => await LegacyAuthentication.RunAsync(run, command.Rest),
                "--authorization" => await LegacyAuthorization.RunAsync(run, command.Rest),
                _ => throw new InvalidOperationException($"no such service: {command.Service}"),
            };
        }
        catch (Exception error) when (error is not (OperationCanceledException or CommandFailedException or IOException))
        {
            var report = ErrorReport.Of(error);
            throw report.IsBug ? error : new CommandFailedException(string.Join('\n', report.Lines), LegacyExitCode.Failed);
        }
        catch (CommandFailedException error) when (error.ExitCode == ExitCode.Unreachable && error.Message.StartsWith("no cluster", StringComparison.Ordinal))
        {
            throw new CommandFailedException(error.Message, LegacyExitCode.Failed);
        }
    }

    private static int ShowHelp(Invocation run)
    {
        ExampleHelp.Write(new CommandTree().Root.Parse(["--help"]), run.Terminal);
        return ExitCode.Done;
    }

    private static async Task<int> StartAsync(Invocation run)
    {
        try
        {
            return await StartCommand.RunAsync(run, new ClusterOptions());
        }
        catch (ClusterException)
        {
            run.Note("Starting Kafka Server failed");
            throw;
        }
    }

    private static async Task<int> CreateTopicAsync(Invocation run, string topic)
    {
        using var admin = run.OpenAdmin();
        var made = await admin.Topics.CreateAsync([new TopicSpecification(topic, Partitions, 1, new Dictionary<string, string>())], ifNotExists: true, run.Cancellation);
        await run.Terminal.Out.WriteLineAsync(made[0].Created ? $"Created topic {topic}." : $"Topic {topic} exists already.");
        return ExitCode.Done;
    }

    private static async Task<int> DeleteTopicAsync(Invocation run, string topic)
    {
        using var admin = run.OpenAdmin();
        await admin.Topics.DeleteAsync([topic], run.Cancellation);
        await run.Terminal.Out.WriteLineAsync($"Deleted topic {topic}.");
        return ExitCode.Done;
    }

    private static async Task<int> DescribeTopicAsync(Invocation run, string topic)
    {
        using var admin = run.OpenAdmin();
        KafkaText.WriteTopic(run.Terminal.Out, (await admin.Topics.DescribeAsync([topic], run.Cancellation))[0]);
        return ExitCode.Done;
    }

    private static async Task<int> ListTopicsAsync(Invocation run)
    {
        using var admin = run.OpenAdmin();
        foreach (var name in await admin.Topics.ListAsync(includeInternal: true, run.Cancellation))
        {
            await run.Terminal.Out.WriteLineAsync(PlainText.Cell(name));
        }

        return ExitCode.Done;
    }

    private static async Task<int> ListAclsAsync(Invocation run)
    {
        using var admin = run.OpenAdmin();
        var acls = await admin.Acls.ListAsync(AclFilter.Everything, run.Cancellation);
        if (run.Renderer.Format == OutputFormat.Table)
        {
            KafkaText.WriteAcls(run.Terminal.Out, acls);
        }
        else
        {
            run.Renderer.Write(AclRows.Of(acls, "no ACLs"));
        }

        return ExitCode.Done;
    }
}
