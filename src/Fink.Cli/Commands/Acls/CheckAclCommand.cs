using System.CommandLine;
using System.Text.Json.Nodes;
using Fink.Cli.Errors;
using Fink.Cli.Options;
using Fink.Cli.Output;
using Fink.Kafka;
using Fink.Kafka.Acls;

namespace Fink.Cli.Commands.Acls;

internal static class CheckAclCommand
{
    public static Verb Create()
    {
        var user = new Option<string>("--user") { Description = "Who would ask", HelpName = "USER", Required = true };
        var host = new Option<string>("--host") { Description = "From which IP address", HelpName = "HOST", DefaultValueFactory = _ => "127.0.0.1" };
        var read = Names("--read", "TOPIC", "May it consume this topic?");
        var write = Names("--write", "TOPIC", "May it produce to this topic?");
        var group = Names("--group", "GROUP", "May it be a member of this group?");
        var superUser = Names("--super-user", "USER", "A user that the brokers' super.users names");
        var allowIfNoAcl = new Option<bool>("--allow-if-no-acl") { Description = "The brokers have allow.everyone.if.no.acl.found" };
        var wait = new Option<TimeSpan>("--wait") { Description = "How long to wait for ACLs that still spread [default: 0s]", HelpName = "TIME", CustomParser = result => GlobalOptions.ParseDuration(result) ?? default };
        return new Verb(
            "check",
            "Say whether the cluster would allow it: exit 0 if all of it, 3 if not, with one line why",
            run => RunAsync(
                run,
                new AclQuestion(
                    run.Get(user)!,
                    run.Get(host)!,
                    [
                        .. Wishes(AccessKind.Read, run.Get(read)),
                        .. Wishes(AccessKind.Write, run.Get(write)),
                        .. Wishes(AccessKind.Group, run.Get(group)),
                    ]),
                run.Get(superUser) ?? [],
                run.Get(allowIfNoAcl),
                run.Get(wait)),
            "acl check --user bob --read fink_rrlyr_ztf --group bob_group",
            "acl check --user alice --host 10.0.0.5 --write fink_rrlyr_ztf --wait 10s")
        {
            user, host, read, write, group, superUser, allowIfNoAcl, wait,
        };
    }

    private static async Task<int> RunAsync(Invocation run, AclQuestion question, IReadOnlyList<string> superUsers, bool allowIfNoAcl, TimeSpan wait)
    {
        if (question.Wishes.Count == 0)
        {
            throw new UsageException("nothing to check: give --read TOPIC, --write TOPIC or --group GROUP");
        }

        if (question.Host != Acl.AnyHost && !System.Net.IPAddress.TryParse(question.Host, out _))
        {
            throw new UsageException($"--host '{question.Host}': give the client's IP address, for that is what Kafka compares; a host name matches no ACL");
        }

        var connection = run.Cluster.Connect("admin");
        using var admin = new KafkaAdmin(connection, run.Time);
        var verdict = await admin.Acls.CheckAsync(question, run.Cluster.AuthorizerOf(connection, superUsers, allowIfNoAcl), wait, run.Cancellation);
        run.Renderer.Write(new Result(
            new JsonObject
            {
                ["user"] = question.User,
                ["host"] = question.Host,
                ["allowed"] = verdict.Allowed,
                ["why"] = verdict.Why,
                ["checks"] = new JsonArray([.. verdict.Wishes.Select(wish => (JsonNode)new JsonObject
                {
                    ["access"] = NameOf(wish.Wish.Kind),
                    ["name"] = wish.Wish.Name,
                    ["allowed"] = wish.Allowed,
                    ["why"] = wish.Why,
                })]),
            },
            new Table([], [[verdict.Allowed ? "allowed" : "denied", verdict.Why]])));
        return verdict.Allowed ? ExitCode.Done : ExitCode.AssertionFailed;
    }

    private static string NameOf(AccessKind kind) => kind.ToString().ToLowerInvariant();

    private static IEnumerable<AccessWish> Wishes(AccessKind kind, string[]? names) => (names ?? []).Select(name => new AccessWish(kind, name));

    private static Option<string[]> Names(string name, string helpName, string description) => new(name) { Description = description, HelpName = helpName };
}
