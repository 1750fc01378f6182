using Fink.Kafka.Broker.Listeners;

namespace Fink.Kafka.Broker.Tests.Listeners;

public sealed class MemoryBudgetTests
{
    private const int Large = MemoryBudget.Uncounted + 1;

    [Fact]
    public async Task A_request_larger_than_all_of_it_is_let_in_alone()
    {
        var budget = new MemoryBudget(1);
        await budget.EnterAsync(100 * Large, TestContext.Current.CancellationToken);

        var second = budget.EnterAsync(Large, TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);

        budget.Leave(100 * Large);
        await second;
    }

    [Fact]
    public async Task Who_waits_is_let_in_in_the_order_of_coming()
    {
        var budget = new MemoryBudget(2 * Large);
        await budget.EnterAsync(2 * Large, TestContext.Current.CancellationToken);
        var first = budget.EnterAsync(2 * Large, TestContext.Current.CancellationToken);
        var second = budget.EnterAsync(Large, TestContext.Current.CancellationToken);

        budget.Leave(2 * Large);
        await first;
        Assert.False(second.IsCompleted);

        budget.Leave(2 * Large);
        await second;
    }

    [Fact]
    public async Task Who_gives_up_makes_way()
    {
        var budget = new MemoryBudget(Large);
        await budget.EnterAsync(Large, TestContext.Current.CancellationToken);
        using var impatient = new CancellationTokenSource();
        var first = budget.EnterAsync(Large, impatient.Token);
        var second = budget.EnterAsync(Large, TestContext.Current.CancellationToken);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        budget.Leave(Large);
        await second;
    }

    [Fact]
    public void Small_requests_are_let_in_whatever_is_held()
    {
        var budget = new MemoryBudget(1);

        Assert.True(budget.EnterAsync(Large, TestContext.Current.CancellationToken).IsCompletedSuccessfully);
        Assert.True(budget.EnterAsync(MemoryBudget.Uncounted, TestContext.Current.CancellationToken).IsCompletedSuccessfully);
    }

    [Fact]
    public void Without_a_limit_everybody_is_let_in()
    {
        var budget = new MemoryBudget(null);

        for (var i = 0; i < 10; i++) Assert.True(budget.EnterAsync(int.MaxValue, TestContext.Current.CancellationToken).IsCompletedSuccessfully);
    }
}
