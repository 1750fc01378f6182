using Confluent.Kafka;
using Fink.Kafka.Clients;
using Fink.Kafka.Properties;

namespace Fink.Kafka.Tests.Clients;

public sealed class AbandonedCallTests
{
    [Fact]
    public async Task A_client_is_not_closed_under_a_call_that_still_blocks_in_it()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var found = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var abandoned = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        using var session = new AdminSession(new KafkaConnection("127.0.0.1:1", ClientProperties.Plaintext), TimeProvider.System);
        var call = session.RunBlockingAsync(
            "wait",
            (client, _) =>
            {
                begun.SetResult();
                abandoned.Wait(TestContext.Current.CancellationToken);
                found.SetResult(Record.Exception(() => client.GetMetadata(TimeSpan.FromMilliseconds(1))));
                return 0;
            },
            cancellation.Token);

        await begun.Task;
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => call);
        abandoned.Set();

        // A closed client throws ObjectDisposedException, where it does not end the process.
        Assert.IsType<KafkaException>(await found.Task);
    }
}
