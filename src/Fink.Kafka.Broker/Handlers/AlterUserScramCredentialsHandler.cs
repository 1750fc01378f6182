using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Broker.Security.Scram;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

/// <summary>A change counts from the next login on; connections that are open stay, as in Kafka.</summary>
internal sealed class AlterUserScramCredentialsHandler(MetadataStore metadata, Authorizer authorizer)
    : IRequestHandler<AlterUserScramCredentialsRequest, AlterUserScramCredentialsResponse>
{
    private static readonly PermissionRule Rule = ApiPermissions.Rule(ApiKey.AlterUserScramCredentials, ResourceType.Cluster);

    public ValueTask<AlterUserScramCredentialsResponse?> HandleAsync(
        AlterUserScramCredentialsRequest request, RequestContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<AlterUserScramCredentialsResponse?>(new AlterUserScramCredentialsResponse
        {
            Results =
            [
                .. Outcomes(request, context).Select(outcome => new AlterUserScramCredentialsResponse.Result
                {
                    User = outcome.User, ErrorCode = outcome.Error, ErrorMessage = outcome.Message,
                }),
            ],
        });

    private IEnumerable<CredentialOutcome> Outcomes(AlterUserScramCredentialsRequest request, RequestContext context)
    {
        var denied = authorizer.Check(context.Who, Rule, ResourcePattern.ClusterName);
        if (denied != ErrorCode.None) return All(request, denied, null);

        var deletions = request.Deletions.Select(one => new CredentialDeletion(one.Name, one.Mechanism));
        var upsertions = request.Upsertions.Select(one => new CredentialUpsertion(
            one.Name, one.Mechanism, one.Iterations, one.Salt, one.SaltedPassword));
        try
        {
            return metadata.Update(image => CredentialAlterations.Decide(image, deletions, upsertions));
        }
        catch (IOException e)
        {
            return All(request, ErrorCode.KafkaStorageError, e.Message);
        }
    }

    private static IEnumerable<CredentialOutcome> All(AlterUserScramCredentialsRequest request, ErrorCode error, string? message) =>
        request.Deletions.Select(one => one.Name)
            .Concat(request.Upsertions.Select(one => one.Name))
            .Distinct()
            .Select(user => new CredentialOutcome(user, error, message));
}
