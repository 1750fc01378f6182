using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Tests.Listeners;
using Fink.Kafka.Protocol;
using Fink.TestSupport;

namespace Fink.Kafka.Broker.Tests.Dispatch;

/// <summary>Fails while one of the five steps to a new API (CONTRIBUTING.md) is missing.</summary>
public sealed class ApiHandlersTests
{
    public static TheoryData<ApiKey> Advertised => new(ApiCatalog.All.Where(api => api.IsAdvertised).Select(api => api.Key));

    [Fact]
    public async Task Every_API_that_clients_are_told_of_has_a_handler_and_no_other_has()
    {
        await using var broker = await TestBroker.StartAsync();

        Assert.Equal(
            ApiCatalog.All.Where(api => api.IsAdvertised).Select(api => api.Key).Order(),
            ApiHandlers.Route(broker.Broker.Services).Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Advertised))]
    public void Every_API_has_one_file_for_its_messages_and_one_for_its_handler(ApiKey api)
    {
        Assert.Single(Files("src/Fink.Kafka.Protocol/Messages", $"{api}.cs"));
        Assert.Single(Files("src/Fink.Kafka.Broker/Handlers", $"{api}Handler.cs"));
    }

    [Fact]
    public void A_file_of_handlers_serves_an_API()
    {
        var served = ApiCatalog.All.Where(api => api.IsAdvertised).Select(api => $"{api.Key}Handler.cs");

        Assert.Equal(served.Order(), Files("src/Fink.Kafka.Broker/Handlers", "*Handler.cs").Select(Path.GetFileName).Order()!);
    }

    [Theory]
    [MemberData(nameof(Advertised))]
    public void Every_API_is_in_the_list_that_users_read(ApiKey api) =>
        Assert.Contains($"| {api} |", File.ReadAllText(Path.Combine(Checkout.Root, "docs", "kafka-compatibility.md")), StringComparison.Ordinal);

    private static string[] Files(string folder, string pattern) =>
        Directory.GetFiles(Path.Combine(Checkout.Root, folder), pattern, SearchOption.AllDirectories);
}
