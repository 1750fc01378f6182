using System.CommandLine;
using Fink.Cli.Errors;
using Fink.Kafka.Acls;

namespace Fink.Cli.Commands.Acls;

/// <summary>Which ACLs are meant: for whom, on what, and what they allow or deny.</summary>
internal sealed class AclOptions
{
    private readonly Option<string> _user = new("--user") { Description = "The user, or * for all", HelpName = "USER", Required = true };
    private readonly Option<string> _host = new("--host") { Description = "The client's IP address (* is every host)", HelpName = "HOST", DefaultValueFactory = _ => Acl.AnyHost };
    private readonly Option<bool> _producer = new("--producer") { Description = "All that a producer needs: Write, Describe and Create on the topic" };
    private readonly Option<bool> _consumer = new("--consumer") { Description = "All that a consumer needs: Read and Describe on the topic, Read on the group" };
    private readonly Option<string[]> _allow = Operations("--allow", "Operations to allow");
    private readonly Option<string[]> _deny = Operations("--deny", "Operations to deny");
    private readonly Option<string[]> _topic = Resource("--topic", "TOPIC");
    private readonly Option<string[]> _group = Resource("--group", "GROUP");
    private readonly Option<string[]> _transactionalId = Resource("--transactional-id", "ID");
    private readonly Option<bool> _cluster = new("--cluster") { Description = "The cluster itself" };
    private readonly Option<bool> _prefixed = new("--prefixed") { Description = "The names are beginnings of names" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _user, _host, _producer, _consumer, _allow, _deny, _topic, _group, _transactionalId, _cluster, _prefixed })
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="UsageException">The options do not say one set of ACLs.</exception>
    public IReadOnlyList<Acl> Read(Invocation run)
    {
        var user = run.Get(_user)!;
        var host = run.Get(_host)!;
        if (user.Length == 0)
        {
            throw new UsageException("--user is empty");
        }

        NoteHostName(run, host);
        var pattern = run.Get(_prefixed) ? AclPattern.Prefixed : AclPattern.Literal;
        var topics = Resources(run, _topic, AclResourceType.Topic, pattern);
        var groups = Resources(run, _group, AclResourceType.Group, pattern);
        var rest = Resources(run, _transactionalId, AclResourceType.TransactionalId, pattern);
        if (run.Get(_cluster))
        {
            rest.Add(AclResource.Cluster);
        }

        var isSet = run.Get(_producer) || run.Get(_consumer);
        var isExplicit = run.IsGiven(_allow) || run.IsGiven(_deny);
        if (isSet == isExplicit)
        {
            throw new UsageException("say which rights: --producer, --consumer --group GROUP, --allow OPERATION… or --deny OPERATION…, not both kinds");
        }

        return isSet ? Sets(run, user, host, topics, groups, rest) : Explicit(run, user, host, [.. topics, .. groups, .. rest]);
    }

    /// <summary>Kafka compares a host as text with the client's address: a name never matches.</summary>
    public static void NoteHostName(Invocation run, string host)
    {
        if (host != Acl.AnyHost && !System.Net.IPAddress.TryParse(host.Split('/')[0], out _))
        {
            run.Note($"warning: Kafka compares '{host}' with the client's IP address, so a host name matches no client");
        }
    }

    private List<Acl> Sets(Invocation run, string user, string host, List<AclResource> topics, List<AclResource> groups, List<AclResource> rest)
    {
        if (topics.Count == 0 || rest.Count > 0)
        {
            throw new UsageException("--producer and --consumer are for topics: give --topic TOPIC, and neither --cluster nor --transactional-id");
        }

        if (run.Get(_consumer) != groups.Count > 0)
        {
            throw new UsageException(groups.Count > 0 ? "--group is for --consumer" : "--consumer needs --group GROUP");
        }

        var acls = new List<Acl>();
        foreach (var topic in topics)
        {
            if (run.Get(_producer))
            {
                acls.AddRange(AclSets.Producer(user, topic, host));
            }

            acls.AddRange(groups.SelectMany(group => AclSets.Consumer(user, topic, group, host)));
        }

        return [.. acls.Distinct()];
    }

    private List<Acl> Explicit(Invocation run, string user, string host, List<AclResource> resources)
    {
        if (resources.Count == 0)
        {
            throw new UsageException("say on what: --topic, --group or --transactional-id NAME, or --cluster");
        }

        return
        [
            .. resources.SelectMany(resource => AclSets.Allow(user, resource, host, OperationsOf(run.Get(_allow)))),
            .. resources.SelectMany(resource => AclSets.Deny(user, resource, host, OperationsOf(run.Get(_deny)))),
        ];
    }

    private static IReadOnlyList<AclOperation> OperationsOf(string[]? words) => [.. (words ?? []).Select(OperationOf)];

    private static AclOperation OperationOf(string word)
    {
        var plain = word.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        var known = Enum.GetValues<AclOperation>().Where(operation => operation != AclOperation.Other).ToList();
        var found = known.FindIndex(operation => operation.ToString().Equals(plain, StringComparison.OrdinalIgnoreCase));
        return found >= 0
            ? known[found]
            : throw new UsageException($"'{word}' is no operation: it is one of {string.Join(", ", known)}");
    }

    private static List<AclResource> Resources(Invocation run, Option<string[]> option, AclResourceType type, AclPattern pattern)
    {
        var names = run.Get(option) ?? [];
        return names.Any(string.IsNullOrEmpty)
            ? throw new UsageException($"{option.Name} is empty")
            : [.. names.Select(name => new AclResource(type, name, pattern))];
    }

    private static Option<string[]> Operations(string name, string description) => new(name)
    {
        Description = description + ": Read, Write, Create, Delete, Alter, Describe, DescribeConfigs, …, All",
        HelpName = "OPERATION",
        AllowMultipleArgumentsPerToken = true,
    };

    private static Option<string[]> Resource(string name, string helpName) => new(name)
    {
        Description = "On what; several times for several",
        HelpName = helpName,
    };
}
