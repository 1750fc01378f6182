using System.Buffers.Text;
using System.Text.Json;
using Fink.Kafka.Broker.Storage.Disks;

namespace Fink.Kafka.Broker.Storage;

/// <summary>broker.json: whose data a directory has, and in which format. Written once.</summary>
/// <param name="ClusterId">22 characters, made at random.</param>
internal sealed record BrokerIdentity(int NodeId, string ClusterId)
{
    /// <summary>Of the directory as a whole: raised when an older broker could no longer read what is in it.</summary>
    public const int Format = 1;

    public const string FileName = "broker.json";

    public static BrokerIdentity New(int nodeId)
    {
        string id;
        do
        {
            id = Base64Url.EncodeToString(Guid.NewGuid().ToByteArray());
        }
        while (id[0] == '-'); // Such an id would look like an option on a command line.

        return new BrokerIdentity(nodeId, id);
    }

    /// <returns>Null if the directory has none.</returns>
    /// <exception cref="StorageException">It is damaged, or of a newer format.</exception>
    public static BrokerIdentity? Read(IDisk disk, string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (WholeFile.Read(disk, path) is not { } bytes) return null;

        try
        {
            using var document = JsonDocument.Parse(bytes);
            var format = document.RootElement.GetProperty("format").GetInt32();
            return format == Format
                ? new BrokerIdentity(
                    document.RootElement.GetProperty("nodeId").GetInt32(),
                    document.RootElement.GetProperty("clusterId").GetString() ?? throw new FormatException("clusterId is null"))
                : throw new StorageException(
                    $"{path} says that {folder} has format {format}; this broker reads format {Format}. Use the version that wrote it.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new StorageException(
                $"{path} is damaged ({e.Message}). It is left as it is: restore it from a copy, or write it by hand as {{\"format\":{Format},\"nodeId\":…,\"clusterId\":\"…\"}}.",
                e);
        }
    }

    public void Write(IDisk disk, string folder)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteNumber("nodeId", NodeId);
            json.WriteString("clusterId", ClusterId);
            json.WriteEndObject();
        }

        WholeFile.Replace(disk, Path.Combine(folder, FileName), bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}
