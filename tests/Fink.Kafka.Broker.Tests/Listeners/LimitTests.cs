using System.Net.Sockets;
using Fink.Kafka.Broker.Tests.Permissions;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Microsoft.Extensions.Time.Testing;

namespace Fink.Kafka.Broker.Tests.Listeners;

/// <summary>Clients that are slow, silent, greedy or many: they go, and a good one beside them notices nothing.</summary>
public sealed class LimitTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SecurityProtocol.SaslPlaintext, 524_289)]
    [InlineData(SecurityProtocol.SaslPlaintext, int.MaxValue)]
    [InlineData(SecurityProtocol.SaslPlaintext, -1)]
    [InlineData(SecurityProtocol.Plaintext, 104_857_601)]
    [InlineData(SecurityProtocol.Plaintext, int.MinValue)]
    public async Task Who_announces_too_much_is_sent_away(SecurityProtocol protocol, int length)
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectAsync(protocol, Cancelled);

        await client.SendAsync(Bytes(length), Cancelled);

        Assert.Null(await client.ReceiveAsync(Cancelled));
    }

    [Fact]
    public async Task Who_does_not_log_in_is_sent_away_whether_silent_or_talking()
    {
        var time = new FakeTimeProvider();
        await using var broker = await TestBroker.StartAsync(time);
        using var silent = await broker.ConnectAsync(SecurityProtocol.SaslPlaintext, Cancelled);
        using var talking = await broker.ConnectAsync(SecurityProtocol.SaslPlaintext, Cancelled);
        using var free = await broker.ConnectAsync(SecurityProtocol.Plaintext, Cancelled);
        await AskAsync(talking);
        await AskAsync(free);

        time.Advance(TimeSpan.FromSeconds(20));
        await AskAsync(talking);
        await AdvanceUntilClosedAsync(time, silent);
        await AdvanceUntilClosedAsync(time, talking);

        await AskAsync(free);
    }

    [Fact]
    public async Task Who_sends_half_a_request_is_sent_away()
    {
        var time = new FakeTimeProvider();
        await using var broker = await TestBroker.StartAsync(time);
        using var client = await broker.ConnectAsync(SecurityProtocol.Plaintext, Cancelled);

        await client.SendAsync((byte[])[.. Bytes(1000), 0, 18, 0, 0], Cancelled);

        await AdvanceUntilClosedAsync(time, client);
    }

    [Fact]
    public async Task Who_sends_a_byte_now_and_then_is_sent_away()
    {
        var time = new FakeTimeProvider();
        await using var broker = await TestBroker.StartAsync(time);
        using var client = await broker.ConnectAsync(SecurityProtocol.Plaintext, Cancelled);
        await client.SendAsync(Bytes(100_000), Cancelled);

        var received = client.ReceiveAsync(Cancelled);
        await Eventually.HoldsAsync(
            async () =>
            {
                time.Advance(TimeSpan.FromSeconds(2));
                if (!received.IsCompleted) await TrySendAsync(client, new byte[1]);
                return received.IsCompleted;
            },
            Cancelled);

        Assert.Null(await received);
    }

    [Fact]
    public async Task Who_announces_much_and_sends_nothing_keeps_others_waiting_for_no_longer_than_a_grace()
    {
        var time = new FakeTimeProvider();
        await using var broker = await TestBroker.StartAsync(time, ("queued.max.request.bytes", "1000000"));
        using var silent = await broker.ConnectAsync(SecurityProtocol.Plaintext, Cancelled);
        using var good = await broker.ConnectAsync(SecurityProtocol.Plaintext, Cancelled);
        await silent.SendAsync((byte[])[.. Bytes(100_000_000), .. new byte[100_000]], Cancelled);

        await AdvanceUntilClosedAsync(time, silent);

        await AskAsync(good);
    }

    [Fact]
    public async Task Who_asks_nothing_for_long_is_sent_away()
    {
        var time = new FakeTimeProvider();
        await using var broker = await TestBroker.StartAsync(time, ("connections.max.idle.ms", "50000"));
        using var idle = await broker.ConnectAsync(SecurityProtocol.Plaintext, Cancelled);
        using var busy = await broker.ConnectAsync(SecurityProtocol.Plaintext, Cancelled);
        await AskAsync(idle);

        var closed = idle.ReceiveAsync(Cancelled);
        await Eventually.HoldsAsync(
            async () =>
            {
                await AskAsync(busy);
                time.Advance(TimeSpan.FromSeconds(5));
                return closed.IsCompleted;
            },
            Cancelled);

        Assert.Null(await closed);
        await AskAsync(busy);
    }

    [Fact]
    public async Task Who_does_not_take_the_answers_is_sent_away()
    {
        var time = new FakeTimeProvider();
        await using var broker = await TestBroker.StartAsync(time);
        using var client = await broker.ConnectAsync(SecurityProtocol.Plaintext, Cancelled);
        byte[] question = [0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xff, 0xff];
        var many = Enumerable.Repeat(question, 10_000).SelectMany(bytes => bytes).ToArray();

        // Full in both directions: the broker waits for room to answer, and then reads no more.
        var sending = Task.Run(
            async () =>
            {
                while (await TrySendAsync(client, many))
                {
                }
            },
            Cancelled);
        await Eventually.HoldsAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(5));
                return sending.IsCompleted;
            },
            Cancelled);
        await sending;
    }

    [Theory]
    [InlineData("max.connections.per.ip")]
    [InlineData("max.connections")]
    public async Task More_connections_than_allowed_are_closed_at_once_and_those_there_are_stay(string property)
    {
        await using var broker = await TestBroker.StartAsync((property, "2"));
        using var first = await broker.ConnectAsync(SecurityProtocol.Plaintext, Cancelled);
        await AskAsync(first);
        using (var second = await broker.ConnectAsync(SecurityProtocol.SaslPlaintext, Cancelled))
        {
            await AskAsync(second);
            using var third = await broker.ConnectAsync(SecurityProtocol.Plaintext, Cancelled);
            Assert.Null(await third.ReceiveAsync(Cancelled));
            await AskAsync(first);
        }

        await Eventually.HoldsAsync(
            async () =>
            {
                using var another = await TryConnectAsync(broker);
                return another is not null && await TryAskAsync(another);
            },
            Cancelled);
    }

    [Fact]
    public async Task A_flood_of_connections_leaves_a_good_client_alone()
    {
        await using var broker = await TestBroker.StartAsync(("max.connections", "50"));
        using var good = await broker.ConnectAsync(SecurityProtocol.Plaintext, Cancelled);
        await AskAsync(good);

        List<WireClient> flood = [];
        for (var i = 0; i < 500; i++)
        {
            if (await TryConnectAsync(broker) is { } one)
            {
                flood.Add(one);
                await TrySendAsync(one, Bytes(500_000));
            }

            if (i % 50 == 0) await AskAsync(good);
        }

        await AskAsync(good);
        flood.ForEach(client => client.Dispose());
        await Eventually.HoldsAsync(
            async () =>
            {
                using var another = await TryConnectAsync(broker);
                return another is not null && await TryAskAsync(another);
            },
            Cancelled);
    }

    [Fact]
    public async Task Who_is_sent_away_again_and_again_does_not_fill_the_log()
    {
        await using var broker = await TestBroker.StartAsync(new FakeTimeProvider());
        for (var i = 0; i < 50; i++)
        {
            using var client = await broker.ConnectAsync(SecurityProtocol.Plaintext, Cancelled);
            await client.SendAsync(Bytes(-1), Cancelled);
            Assert.Null(await client.ReceiveAsync(Cancelled));
        }

        Assert.Equal(9, LinesWith("is sent away", broker));
        Assert.Equal(1, LinesWith("127.0.0.1 brought about 10 lines within a minute", broker));
    }

    [Fact]
    public async Task Who_tries_password_after_password_does_not_fill_the_log()
    {
        await using var broker = await TestBroker.StartAsync(
            new FakeTimeProvider(), ("connection.failed.authentication.delay.ms", "0"));
        for (var i = 0; i < 20; i++)
        {
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => broker.LogInAsync(TestBroker.User, $"guess {i}", Cancelled));
        }

        Assert.InRange(LinesWith("was not let in", broker), 1, 9);
    }

    private static int LinesWith(string text, TestBroker broker) =>
        broker.Log.Lines.Count(line => line.Contains(text, StringComparison.Ordinal));

    private static byte[] Bytes(int number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];

    private static async Task AskAsync(WireClient client) =>
        Assert.Equal(
            ErrorCode.None, (await client.AskAsync<ApiVersionsRequest, ApiVersionsResponse>(new(), Cancelled, version: 0)).ErrorCode);

    private static async Task<WireClient?> TryConnectAsync(TestBroker broker)
    {
        try
        {
            return await broker.ConnectAsync(SecurityProtocol.Plaintext, Cancelled);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static async Task<bool> TryAskAsync(WireClient client)
    {
        try
        {
            await AskAsync(client);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<bool> TrySendAsync(WireClient client, byte[] bytes)
    {
        try
        {
            await client.SendAsync(bytes, Cancelled);
            return true;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return false;
        }
    }

    private static async Task AdvanceUntilClosedAsync(FakeTimeProvider time, WireClient client)
    {
        var received = client.ReceiveAsync(Cancelled);
        await Eventually.HoldsAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(5));
                return received.IsCompleted;
            },
            Cancelled);
        Assert.Null(await received);
    }
}
