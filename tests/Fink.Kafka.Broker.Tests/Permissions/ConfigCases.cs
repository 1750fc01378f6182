using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Tests.Permissions;

using static Answers;
using AclOperation = Fink.Kafka.Protocol.Values.AclOperation;
using ConfigResourceType = Fink.Kafka.Protocol.Values.ConfigResourceType;

/// <summary>What is set for topics and for the broker; nothing is really changed, for other tests share the Kafka.</summary>
internal static class ConfigCases
{
    private static readonly Right[] ToDescribe =
    [
        Rights.Topic(AclOperation.DescribeConfigs), Rights.Cluster(AclOperation.DescribeConfigs), Rights.Topic(AclOperation.Describe),
    ];

    private static readonly Right[] ToAlter =
    [
        Rights.Topic(AclOperation.AlterConfigs), Rights.Cluster(AclOperation.AlterConfigs), Rights.Topic(AclOperation.Alter),
    ];

    public static IEnumerable<PermissionCase> All =>
    [
        new("DescribeConfigs of a topic", ToDescribe)
        {
            Ask = (client, on, cancellation) => DescribeAsync(client, ConfigResourceType.Topic, on.Topic, cancellation),
        },
        new("DescribeConfigs of the brokers", ToDescribe)
        {
            Ask = (client, on, cancellation) => DescribeAsync(client, ConfigResourceType.Broker, "", cancellation),
        },
        new("AlterConfigs of a topic", ToAlter)
        {
            Ask = async (client, on, cancellation) => Codes((await client.AskAsync<AlterConfigsRequest, AlterConfigsResponse>(
                new()
                {
                    ValidateOnly = true,
                    Resources =
                    [
                        new()
                        {
                            ResourceType = ConfigResourceType.Topic,
                            ResourceName = on.Topic,
                            Configs = [new() { Name = "retention.ms", Value = "1000000" }],
                        },
                    ],
                },
                cancellation)).Responses.Select(one => one.ErrorCode)),
        },
        new("IncrementalAlterConfigs of a topic", ToAlter)
        {
            Ask = (client, on, cancellation) => AlterAsync(client, ConfigResourceType.Topic, on.Topic, "retention.ms", cancellation),
        },
        new("IncrementalAlterConfigs of the brokers", ToAlter)
        {
            Ask = (client, on, cancellation) => AlterAsync(client, ConfigResourceType.Broker, "", "log.retention.ms", cancellation),
        },
    ];

    private static async Task<string> DescribeAsync(
        WireClient client, ConfigResourceType type, string name, CancellationToken cancellationToken)
    {
        var answer = await client.AskAsync<DescribeConfigsRequest, DescribeConfigsResponse>(
            new() { Resources = [new() { ResourceType = type, ResourceName = name }] }, cancellationToken);
        return Codes(answer.Results.Select(one => one.ErrorCode));
    }

    private static async Task<string> AlterAsync(
        WireClient client, ConfigResourceType type, string name, string property, CancellationToken cancellationToken)
    {
        var answer = await client.AskAsync<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse>(
            new()
            {
                ValidateOnly = true,
                Resources =
                [
                    new() { ResourceType = type, ResourceName = name, Configs = [new() { Name = property, Value = "1000000" }] },
                ],
            },
            cancellationToken);
        return Codes(answer.Responses.Select(one => one.ErrorCode));
    }
}
