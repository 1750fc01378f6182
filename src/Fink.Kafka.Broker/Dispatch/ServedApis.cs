using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Dispatch;

/// <summary>What clients are told of the APIs and versions.</summary>
internal static class ServedApis
{
    private static readonly ApiVersionsResponse.Api[] Advertised =
    [
        .. ApiCatalog.All.Where(api => api.IsAdvertised).Select(api => new ApiVersionsResponse.Api
        {
            ApiKey = (short)api.Key, MinVersion = api.AdvertisedFrom!.Value, MaxVersion = api.Versions.Newest,
        }),
    ];

    public static ApiVersionsResponse Answer(ErrorCode error) => new() { ErrorCode = error, ApiKeys = Advertised };
}
