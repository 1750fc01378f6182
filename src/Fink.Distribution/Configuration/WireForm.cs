namespace Fink.Distribution.Configuration;

/// <summary>What stands around the datum in a message's value.</summary>
public enum WireForm
{
    /// <summary>Nothing: what fink-client reads.</summary>
    Bare,

    /// <summary>A zero byte and the schema's id before it: what consumers with a schema registry read.</summary>
    Confluent,

    /// <summary>An Avro object container file around it, one a message: what readers of ZTF's and Rubin's alert files read.</summary>
    Ocf,
}
