using Fink.Cli.Errors;
using Fink.Client;

namespace Fink.Cli.Commands.Alerts;

/// <summary>One alert, from wherever it was named to be: an Avro container file, a Parquet file, or a place in a topic.</summary>
internal sealed class AlertLookup(Invocation run, DecodingOptions decoding)
{
    private static readonly byte[] AvroMagic = [(byte)'O', (byte)'b', (byte)'j', 1];
    private static readonly byte[] ParquetMagic = [(byte)'P', (byte)'A', (byte)'R', (byte)'1'];

    /// <param name="number">Which alert of a file, from 1.</param>
    /// <exception cref="UsageException">It is neither a file nor a place; or the number is not one of the file's.</exception>
    /// <exception cref="CommandFailedException">There is no such alert.</exception>
    public async Task<FoundAlert> FindAsync(string named, long? number)
    {
        var path = run.Settings.FullPath(named);
        if (File.Exists(path))
        {
            return InFile(path, number ?? 1);
        }

        if (!AlertPosition.TryParse(named, out var position))
        {
            throw new UsageException($"'{named}' is neither a file that is there nor a place in a topic, TOPIC@PARTITION:OFFSET");
        }

        return number is null
            ? new FoundAlert(await InTopicAsync(position), $"{position}")
            : throw new UsageException("--number is for files: a place in a topic is one alert");
    }

    private static FoundAlert InFile(string path, long number)
    {
        var magic = new byte[AvroMagic.Length];
        using (var file = File.OpenRead(path))
        {
            file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        }

        var alert = magic.AsSpan().SequenceEqual(AvroMagic) ? AlertFileReader.Read(path).Skip(checked((int)number) - 1).FirstOrDefault()
            : magic.AsSpan().SequenceEqual(ParquetMagic) ? ParquetAlert.Read(path, number - 1)
            : throw new CommandFailedException($"{path} is neither an Avro container file nor a Parquet file");
        return alert is not null
            ? new FoundAlert(alert, $"{path}, alert {number}")
            : throw new CommandFailedException($"{path} has no alert number {number}: it has fewer");
    }

    private async Task<Alert> InTopicAsync(AlertPosition position)
    {
        var connection = run.Cluster.Connect("finkConsumer");
        using var consumer = AlertConsumer.Create(
            new AlertConsumerOptions
            {
                Connection = AlertConnection.Of(connection.ToConsumerSettings()),
                Topics = [position.Topic],
                From = StartPosition.At(position),
                UntilEnd = true,
                Limit = 1,
                Schemas = decoding.Schemas(run),
                Wire = decoding.Wire(run),
                Timeout = connection.Timeout,
            },
            run.Time);
        await foreach (var alert in consumer.ReadAsync(run.Cancellation))
        {
            return alert.Position == position
                ? alert
                : throw new CommandFailedException($"{position} holds no alert (any more): the next one is {alert.Topic}@{alert.Partition}:{alert.Offset}");
        }

        throw new CommandFailedException($"{position} holds no alert (yet), and there is none behind it");
    }
}

/// <param name="Source">Where it was found, for people.</param>
internal sealed record FoundAlert(Alert Alert, string Source);
