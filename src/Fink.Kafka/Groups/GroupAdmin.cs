using Fink.Kafka.Clients;

namespace Fink.Kafka.Groups;

/// <summary>Consumer groups and how far behind they are.</summary>
public sealed class GroupAdmin
{
    private readonly AdminSession _session;

    internal GroupAdmin(AdminSession session) => _session = session;

    /// <summary>By name.</summary>
    public Task<IReadOnlyList<GroupSummary>> ListAsync(CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>A group that the cluster does not know is <see cref="FailureKind.NotFound"/>.</summary>
    public Task<GroupDescription> DescribeAsync(string group, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
