using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fink.Distribution.WorkLists;

/// <summary>What a record of the work list says of its slice.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WorkState>))]
internal enum WorkState
{
    [JsonStringEnumMemberName("planned")]
    Planned,

    [JsonStringEnumMemberName("done")]
    Done,

    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>A record of the work list: JSON, its key the array of file, size, first row and end row.</summary>
internal sealed record WorkRecord(
    WorkState State,
    string File,
    long Size,
    long FirstRow,
    long EndRow,
    int Attempt,
    IReadOnlyList<string>? Topics,
    string? Reason,
    DateTimeOffset Time)
{
    [JsonIgnore]
    public Slice Slice => new(File, Size, FirstRow, EndRow);

    public static WorkRecord Of(PlannedSlice planned, DateTimeOffset time) => new(
        WorkState.Planned, planned.Slice.File, planned.Slice.Size, planned.Slice.FirstRow, planned.Slice.EndRow,
        planned.Attempt, planned.Topics, null, time);

    public static WorkRecord Of(FinishedSlice finished, DateTimeOffset time) => Of(finished.Planned, time) with
    {
        State = finished.IsDone ? WorkState.Done : WorkState.Failed,
        Topics = finished.IsDone ? null : finished.FailedTopics ?? finished.Planned.Topics,
        Reason = finished.Reason,
    };

    public string Key() => JsonSerializer.Serialize([File, Size, FirstRow, EndRow], WorkJson.Default.ObjectArray);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, WorkJson.Default.WorkRecord);

    /// <exception cref="DistributionException">It is no record of a work list.</exception>
    public static WorkRecord Parse(ReadOnlySpan<byte> json, string where)
    {
        try
        {
            return JsonSerializer.Deserialize(json, WorkJson.Default.WorkRecord) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new DistributionException($"{where}: this is no record of a work list ({e.Message}); is the topic another program's?", e);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WorkRecord))]
[JsonSerializable(typeof(object[]))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long))]
internal sealed partial class WorkJson : JsonSerializerContext;
