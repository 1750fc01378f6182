using System.CommandLine;
using Fink.Cli.Errors;
using Fink.Kafka.Acls;

namespace Fink.Cli.Commands.Acls;

internal static class ListAclsCommand
{
    public static Verb Create()
    {
        var user = new Option<string?>("--user") { Description = "Only those of this user", HelpName = "USER" };
        var host = new Option<string?>("--host") { Description = "Only those for this host", HelpName = "HOST" };
        var topic = new Option<string?>("--topic") { Description = "Only those on this topic name or prefix", HelpName = "TOPIC" };
        var group = new Option<string?>("--group") { Description = "Only those on this group name or prefix", HelpName = "GROUP" };
        return new Verb(
            "list",
            "List ACLs",
            run => RunAsync(run, run.Get(user), run.Get(host), run.Get(topic), run.Get(group)),
            "acl list",
            "acl list --user bob -o json")
        {
            user, host, topic, group,
        };
    }

    private static async Task<int> RunAsync(Invocation run, string? user, string? host, string? topic, string? group)
    {
        if (topic is not null && group is not null)
        {
            throw new UsageException("--topic and --group exclude each other");
        }

        var filter = new AclFilter
        {
            Principal = user is null ? null : Acl.PrincipalOf(user),
            Host = host,
            Type = topic is not null ? AclResourceType.Topic : group is not null ? AclResourceType.Group : null,
            Name = topic ?? group,
        };
        using var admin = run.OpenAdmin();
        run.Renderer.Write(AclRows.Of(await admin.Acls.ListAsync(filter, run.Cancellation), "no ACLs"));
        return ExitCode.Done;
    }
}
