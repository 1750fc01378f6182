using Fink.Kafka.Cluster.Storage;
using Fink.Kafka.Properties;

namespace Fink.Kafka.Cluster.Configuration;

/// <summary>A user's own file of broker properties, between our defaults, which it may say better, and what is ours alone to say.</summary>
internal static class UserProperties
{
    /// <summary>The properties together, and the keys of the user's file that ours replaced.</summary>
    public static (JavaProperties All, IReadOnlyList<string> Replaced) Merge(JavaProperties defaults, JavaProperties? userFile, JavaProperties ours)
    {
        var all = JavaProperties.Parse(defaults.ToString(), "the defaults");
        List<string> replaced = [];
        foreach (var key in userFile?.Keys ?? [])
        {
            if (ours[key] is not null || IsOurs(key))
            {
                replaced.Add(key);
                continue;
            }

            all[key] = userFile![key];
        }

        foreach (var key in ours.Keys)
        {
            all[key] = ours[key];
        }

        return (all, replaced);
    }

    /// <summary>Null for no file.</summary>
    /// <exception cref="ClusterException">It cannot be read.</exception>
    public static JavaProperties? Read(string? file)
    {
        try
        {
            return file is null ? null : JavaProperties.Parse(File.ReadAllText(file), file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ClientPropertiesException)
        {
            throw new ClusterException(ClusterErrorKind.Usage, $"cannot read the broker properties {file}: {UnreadableFile.Reason(e, file!)}", e);
        }
    }

    /// <summary>What a user should know of a file of theirs that says what is ours to say.</summary>
    public static IEnumerable<string> Replaced(string? file, IReadOnlyList<string> keys) =>
        keys.Count > 0 ? [$"{file}: replaced by our own: {string.Join(", ", keys)}"] : [];

    /// <summary>Everything that says who may connect and where is decided by us alone, or the cluster is not guarded.</summary>
    private static bool IsOurs(string key) =>
        key is "broker.id" or "node.id" or "process.roles" or "log.dir" or "log.dirs" or "metadata.log.dir" or "port" or "host.name"
            or "listeners" or "advertised.listeners" or "advertised.host.name" or "advertised.port"
            or "zookeeper.connect" or "zookeeper.set.acl"
            or "super.users" or "authorizer.class.name" or "allow.everyone.if.no.acl.found"
        || key.StartsWith("listener.", StringComparison.Ordinal)
        || key.StartsWith("sasl.", StringComparison.Ordinal)
        || key.StartsWith("ssl.", StringComparison.Ordinal)
        || key.StartsWith("security.inter.broker", StringComparison.Ordinal)
        || key.StartsWith("inter.broker.listener", StringComparison.Ordinal)
        || key.StartsWith("controller.", StringComparison.Ordinal)
        || key.StartsWith("zookeeper.ssl.", StringComparison.Ordinal);
}
