using System.Text.RegularExpressions;
using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Handlers;

internal sealed partial class ApiVersionsHandler : IRequestHandler<ApiVersionsRequest, ApiVersionsResponse>
{
    private const short NamesItself = 3;

    public ValueTask<ApiVersionsResponse?> HandleAsync(
        ApiVersionsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var isValid = context.Version < NamesItself
            || (SoftwareName.IsMatch(request.ClientSoftwareName) && SoftwareName.IsMatch(request.ClientSoftwareVersion));
        return ValueTask.FromResult<ApiVersionsResponse?>(
            isValid ? ServedApis.Answer(ErrorCode.None) : new ApiVersionsResponse { ErrorCode = ErrorCode.InvalidRequest });
    }

    /// <summary>KIP-511.</summary>
    [GeneratedRegex(@"\A[a-zA-Z0-9](?:[a-zA-Z0-9\-.]*[a-zA-Z0-9])?\z", RegexOptions.NonBacktracking)]
    private static partial Regex SoftwareName { get; }
}
