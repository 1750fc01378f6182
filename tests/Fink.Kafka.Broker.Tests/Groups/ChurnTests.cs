using Fink.Kafka.Broker.Groups;
using Fink.Kafka.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace Fink.Kafka.Broker.Tests.Groups;

/// <summary>
/// Members join, leave, die, lose their connections, hold still, and the broker restarts, at random but reproducibly;
/// whatever happens, a generation has one leader, each of its members one assignment, and no other generation is taken
/// for it. At the end those who live find together.
/// </summary>
public sealed class ChurnTests
{
    private const int Clients = 6;

    public static TheoryData<int, bool> Seeds
    {
        get
        {
            var data = new TheoryData<int, bool>();
            for (var seed = 1; seed <= 40; seed++) data.Add(seed, seed % 2 == 0);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_members_do_a_generation_is_one(int seed, bool isKip394)
    {
        var random = new Random(seed);
        var clock = new FakeTimeProvider();
        var options = new GroupOptions
        {
            InitialRebalanceDelay = TimeSpan.FromSeconds(random.Next(0, 4)),
            JournalGrowthBeforeSnapshot = 20_000,
        };
        var harness = new GroupHarness(options, clock: clock);
        var book = new ChurnBook();
        var clients = Enumerable.Range(0, Clients)
            .Select(i => new ChurnClient(book, i % 3 == 0 ? $"static{i}" : null, isKip394)).ToList();
        for (var step = 0; step < 6000; step++)
        {
            var client = clients[random.Next(Clients)];
            switch (random.Next(100))
            {
                case < 70: client.Step(harness); break;
                case < 78: client.CommitStale(harness); break;
                case < 80: client.Leave(harness); break;
                case < 83: client.Die(); break;
                case < 85: client.StartAgain(); break;
                case < 86 when step % 3 == 0: harness = Restart(harness, clients); break;
                default: harness.Pass(1); break;
            }
            book.Check(harness);
        }
        FindTogether(harness, clients);
        book.Check(harness);
        Assert.True(book.Generations > 20, $"Only {book.Generations} generations: the test does not test.");
        Assert.True(book.StaleRefused > 20, $"Only {book.StaleRefused} stale commits: the test does not test.");
        harness.Dispose();
    }

    private static GroupHarness Restart(GroupHarness harness, List<ChurnClient> clients)
    {
        var next = harness.Restart();
        harness.Dispose();
        foreach (var client in clients) client.LoseConnection();
        return next;
    }

    private static void FindTogether(GroupHarness harness, List<ChurnClient> clients)
    {
        for (var second = 0; second < 400; second++)
        {
            foreach (var client in clients) client.Step(harness);
            harness.Pass(1);
        }
        var description = harness.Coordinator.Administration.Describe(GroupHarness.Group);
        Assert.Equal("Stable", description.State);
        Assert.Equal(clients.Select(client => client.MemberId).Order(), description.Members.Select(m => m.MemberId).Order());
        Assert.All(clients, client => Assert.Equal(ErrorCode.None, client.Commit(harness)));
    }
}
