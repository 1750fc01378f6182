using System.Buffers;
using Fink.Kafka.Broker.Compression;
using Fink.Kafka.Broker.Storage.Logs;
using Fink.Kafka.Broker.Storage.Logs.Appending;
using Fink.Kafka.Protocol.Records;
using Fink.TestSupport;

namespace Fink.Kafka.Broker.Tests.Storage.Logs;

/// <summary>Apache Kafka's own tool reads the segments.</summary>
public class DumpedLogTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kafka_finds_every_batch_valid_and_every_record(bool logAppendTime)
    {
        using var harness = new LogHarness(LogConfig.Default with { UsesLogAppendTime = logAppendTime });
        var offset = 0;
        foreach (var codec in Enum.GetValues<CompressionType>())
        {
            var builder = new RecordBatchBuilder(1000) { Attributes = new BatchAttributes().WithCompression((int)codec) };
            for (var i = 0; i < 5; i++) builder.Add(1000 + i, [(byte)'k'], new byte[100]);
            var packed = new ArrayBufferWriter<byte>();
            Codec.Compress(codec, builder.Records, packed);
            Assert.Equal(offset, (await harness.Append(builder.Build(packed.WrittenSpan))).BaseOffset);
            offset += 5;
        }

        await harness.Append(LogHarness.Sequenced(7, 0, 0, transactional: true));
        await harness.Append(LogHarness.Marker(7, 0, commit: false), AppendOrigin.Coordinator);
        await harness.Log.CloseAsync();

        var dump = await JavaProgram.RunAsync(
            "kafka.tools.DumpLogSegments",
            ["--deep-iteration", "--files", harness.Segment(0)],
            TestContext.Current.CancellationToken);

        var lines = dump.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var batches = lines.Where(line => line.StartsWith("baseOffset: ", StringComparison.Ordinal)).ToList();
        Assert.Equal(7, batches.Count);
        Assert.All(batches, line => Assert.Contains("isvalid: true", line, StringComparison.Ordinal));
        Assert.Equal(27, lines.Count(line => line.StartsWith("| offset: ", StringComparison.Ordinal)));
        Assert.Contains(batches, line => line.Contains("compresscodec: zstd", StringComparison.Ordinal));
        var time = logAppendTime ? $"LogAppendTime: {harness.NowMs}" : "CreateTime: 1004";
        Assert.Equal(logAppendTime ? 7 : 5, batches.Count(line => line.Contains(time, StringComparison.Ordinal)));
        Assert.Contains("endTxnMarker: ABORT", dump, StringComparison.Ordinal);
        Assert.DoesNotContain("Found", dump, StringComparison.Ordinal);
    }
}
