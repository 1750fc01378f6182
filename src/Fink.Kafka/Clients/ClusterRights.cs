using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Fink.Kafka.Clients;

/// <summary>
/// Asks first whether this user may Describe the cluster, for calls whose refusal the client library (2.16) does not
/// survive (SCRAM users: it frees a constant) or does not tell (ACLs: it returns none).
/// </summary>
internal static class ClusterRights
{
    public static async Task RequireDescribeAsync(
        AdminSession session, string attempt, CancellationToken cancellationToken)
    {
        // Metadata first: librdkafka does not survive DescribeCluster at a broker that knows of none yet (see NativeCluster).
        await session.RunBlockingAsync(attempt, (client, timeout) => client.GetMetadata(timeout), cancellationToken).ConfigureAwait(false);
        var answer = await session.RunAsync(
            attempt,
            (client, timeout) => client.DescribeClusterAsync(new DescribeClusterOptions
            {
                RequestTimeout = timeout,
                IncludeAuthorizedOperations = true,
            }),
            cancellationToken).ConfigureAwait(false);
        if (!answer.AuthorizedOperations.Contains(AclOperation.Describe))
        {
            throw Wording.Exception(
                session.Connection,
                attempt,
                new Failure(FailureKind.Denied, new Error(ErrorCode.ClusterAuthorizationFailed).Reason));
        }
    }
}
