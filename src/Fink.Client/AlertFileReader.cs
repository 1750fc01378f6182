using Fink.Client.Files;
using Fink.Client.Plans;

namespace Fink.Client;

/// <summary>Reads the alerts of an Avro container file, as a survey, `fink-client` or <see cref="AlertFileWriter"/> wrote it.</summary>
public static class AlertFileReader
{
    /// <summary>The alerts in order, read as they are asked for; blocks that are stored as they are, or deflated.</summary>
    /// <exception cref="AlertReadException">While enumerating: it is no such file, or a damaged one.</exception>
    /// <exception cref="IOException">While enumerating: it is not there, or cannot be read.</exception>
    public static IEnumerable<Alert> Read(string path)
    {
        using var file = File.OpenRead(path);
        var number = 0L;
        var container = Attempt(path, number, () => ContainerReader.Open(file));
        while (Attempt(path, number, container.NextBlock) is { } block)
        {
            for (var at = 0; block.Count > 0; block = block with { Count = block.Count - 1 })
            {
                var position = new AlertPosition(path, 0, number);
                var alert = Attempt(path, number, () => Alert.First(position, container.Schema, block.Data.AsMemory(at)));
                at += alert.Datum.Length;
                number++;
                yield return alert;
            }
        }
    }

    private static T Attempt<T>(string path, long number, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is FormatException or CorruptDatumException or InvalidDataException or EndOfStreamException)
        {
            throw new AlertReadException(AlertReadFailure.Undecodable, $"Cannot read alert {number} of the file {path}: {e.Message.TrimEnd('.')}.", e)
            {
                Position = new AlertPosition(path, 0, number),
            };
        }
    }
}
