using Avro.Generic;

namespace Fink.Client;

/// <summary>One alert as it was read back: the record, and where it came from.</summary>
/// <param name="Sent">The message's time stamp.</param>
/// <param name="Headers">UTF-8 text: `objectId`, `alertId`, `schema`, `rule`, `time`.</param>
public sealed record Alert(
    string Topic,
    int Partition,
    long Offset,
    DateTimeOffset Sent,
    IReadOnlyDictionary<string, string> Headers,
    Avro.RecordSchema Schema,
    GenericRecord Record)
{
    /// <summary>The object on the sky: the header, else the record's `objectId` or `diaObject.diaObjectId`; or null.</summary>
    public string? ObjectId => throw new NotImplementedException();

    /// <summary>This alert: the header, else the record's `candid` or `diaSourceId`; or null.</summary>
    public string? AlertId => throw new NotImplementedException();

    /// <summary>
    /// The record as one line of JSON, as the project's documentation says: bytes in base64, NaN and infinities as
    /// `"NaN"`, `"Infinity"`, `"-Infinity"`, maps as objects.
    /// </summary>
    public string ToJson() => throw new NotImplementedException();
}
