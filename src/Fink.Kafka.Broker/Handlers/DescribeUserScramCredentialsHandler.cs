using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Broker.Security.Scram;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

internal sealed class DescribeUserScramCredentialsHandler(MetadataStore metadata, Authorizer authorizer)
    : IRequestHandler<DescribeUserScramCredentialsRequest, DescribeUserScramCredentialsResponse>
{
    private static readonly PermissionRule Rule = ApiPermissions.Rule(ApiKey.DescribeUserScramCredentials, ResourceType.Cluster);

    public ValueTask<DescribeUserScramCredentialsResponse?> HandleAsync(
        DescribeUserScramCredentialsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        string[] users = [.. (request.Users ?? []).Select(user => user.Name)];
        var denied = authorizer.Check(context.Who, Rule, ResourcePattern.ClusterName);
        return ValueTask.FromResult<DescribeUserScramCredentialsResponse?>(denied == ErrorCode.None
            ? new() { Results = [.. CredentialDescriptions.Of(metadata.Image, users).Select(Describe)] }
            : new()
            {
                ErrorCode = denied,
                Results = [.. users.Select(user => new DescribeUserScramCredentialsResponse.Result { User = user, ErrorCode = denied })],
            });
    }

    private static DescribeUserScramCredentialsResponse.Result Describe(CredentialDescription user) => new()
    {
        User = user.User,
        ErrorCode = user.Error,
        ErrorMessage = user.Message,
        CredentialInfos =
        [
            .. user.Credentials.Select(credential => new DescribeUserScramCredentialsResponse.Credential
            {
                Mechanism = credential.Mechanism, Iterations = credential.Iterations,
            }),
        ],
    };
}
