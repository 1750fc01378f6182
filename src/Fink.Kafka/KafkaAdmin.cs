using Fink.Kafka.Acls;
using Fink.Kafka.Clients;
using Fink.Kafka.Groups;
using Fink.Kafka.Topics;
using Fink.Kafka.Users;

namespace Fink.Kafka;

/// <summary>
/// What an admin does to one cluster. Connects on the first call. Every call throws
/// <see cref="KafkaOperationException"/> on failure and <see cref="OperationCanceledException"/> on cancellation.
/// </summary>
public sealed class KafkaAdmin : IDisposable
{
    private readonly AdminSession _session;

    public KafkaAdmin(KafkaConnection connection, TimeProvider? timeProvider = null)
    {
        _session = new AdminSession(connection, timeProvider ?? TimeProvider.System);
        Cluster = new ClusterAdmin(_session);
        Topics = new TopicAdmin(_session);
        Users = new UserAdmin(_session);
        Acls = new AclAdmin(_session);
        Groups = new GroupAdmin(_session);
    }

    public ClusterAdmin Cluster { get; }

    public TopicAdmin Topics { get; }

    public UserAdmin Users { get; }

    public AclAdmin Acls { get; }

    public GroupAdmin Groups { get; }

    public void Dispose() => _session.Dispose();
}
