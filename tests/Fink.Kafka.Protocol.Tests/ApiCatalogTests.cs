using System.Globalization;
using System.Text.RegularExpressions;
using Fink.TestSupport;

namespace Fink.Kafka.Protocol.Tests;

public sealed partial class ApiCatalogTests
{
    [Fact]
    public void Every_key_has_its_messages_and_the_list_is_in_key_order() =>
        Assert.Equal(Enum.GetValues<ApiKey>(), ApiCatalog.All.Select(api => api.Key));

    [Theory]
    [InlineData((ApiKey)(-1))]
    [InlineData((ApiKey)4)]
    [InlineData((ApiKey)67)]
    [InlineData((ApiKey)short.MaxValue)]
    public void An_unknown_key_is_not_found(ApiKey key) => Assert.Null(ApiCatalog.Find(key));

    [Fact]
    public void Produce_is_told_from_0_and_read_from_3()
    {
        var produce = ApiCatalog.Find(ApiKey.Produce)!;

        Assert.Equal(0, (int)produce.AdvertisedFrom!);
        Assert.False(produce.Versions.Contains(2));
        Assert.True(produce.Versions.Contains(3));
    }

    /// <summary>Points that old librdkafkas test one by one; outside the range they switch a feature off.</summary>
    [Theory]
    [InlineData(ApiKey.Produce, 0, 3, 7)]
    [InlineData(ApiKey.Fetch, 4, 10)]
    [InlineData(ApiKey.ListOffsets, 1)]
    [InlineData(ApiKey.OffsetCommit, 2)]
    [InlineData(ApiKey.OffsetFetch, 1)]
    [InlineData(ApiKey.FindCoordinator, 0)]
    [InlineData(ApiKey.JoinGroup, 0)]
    [InlineData(ApiKey.SyncGroup, 0)]
    [InlineData(ApiKey.Heartbeat, 0)]
    [InlineData(ApiKey.LeaveGroup, 0)]
    [InlineData(ApiKey.SaslHandshake, 0, 1)]
    [InlineData(ApiKey.SaslAuthenticate, 0)]
    [InlineData(ApiKey.InitProducerId, 0)]
    [InlineData(ApiKey.ApiVersions, 0)]
    [InlineData(ApiKey.OffsetForLeaderEpoch, 2)]
    public void What_clients_test_for_is_told(ApiKey key, params int[] versions)
    {
        var api = ApiCatalog.Find(key)!;

        Assert.All(versions, version => Assert.InRange(version, (int)api.AdvertisedFrom!, (int)api.Versions.Newest));
    }

    [Fact]
    public void The_documentation_lists_each_api_with_its_versions()
    {
        var page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "kafka-compatibility.md"));
        var documented = TableRow().Matches(page).Select(row => string.Join('|', row.Groups.Values.Skip(1).Select(group => group.Value.Trim())));
        var catalog = ApiCatalog.All.Select(api => string.Create(
            CultureInfo.InvariantCulture, $"{(short)api.Key}|{api.Key}|{Range(api.Versions.Oldest, api)}|{Told(api)}"));

        Assert.Equal(catalog, documented);
    }

    private static string Told(ApiDescription api) => api.AdvertisedFrom is { } oldest ? Range(oldest, api) : "not yet";

    private static string Range(short oldest, ApiDescription api) => oldest == api.Versions.Newest
        ? string.Create(CultureInfo.InvariantCulture, $"{oldest}")
        : string.Create(CultureInfo.InvariantCulture, $"{oldest}-{api.Versions.Newest}");

    [GeneratedRegex(@"^\| (\d+) \| (\w+) \| ([\d-]+) \| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
